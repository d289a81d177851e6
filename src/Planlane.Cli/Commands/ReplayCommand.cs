using System.CommandLine;
using System.Globalization;
using Planlane.Approval;
using Planlane.Cli.Dialogue;
using Planlane.Cli.Live;
using Planlane.Commits;
using Planlane.Reviews;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane replay RUN</c>: shows a run again as it was shown while it ran, from its journal alone.</summary>
internal static class ReplayCommand
{
    private const string AtOnce = "max";

    // Nobody wants to wait for the person who was waited for.
    private static readonly TimeSpan MostForPeople = TimeSpan.FromSeconds(1);

    public static Command Create(GlobalOptions options)
    {
        var id = new Argument<string?>("RUN") { Description = "The run, or the beginning of its id [default: the newest]", Arity = ArgumentArity.ZeroOrOne };
        var speed = new Option<string>("--speed") { Description = "How many times as fast as it was, or max for no waiting", HelpName = $"X|{AtOnce}", DefaultValueFactory = _ => "1" };
        var command = new Command("replay", "Show a run again as it was shown while it ran") { id, speed };
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var pace = new ReplayPace(TimeProvider.System, SpeedOf(run.Parsed.GetValue(speed)!));
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var found = await EngineDoor.FindAsync(service, run.Parsed.GetValue(id), run.Interrupts.Stop).ConfigureAwait(false);
            var events = await service.ReadAsync(found.Id, run.Interrupts.Stop).ConfigureAwait(false);
            var dialogue = new RunDialogue(run.Terminal, service, new AutoApproval(false, false), run.Json, run.Interrupts);
            return dialogue.Ended(await PlayAsync(run, dialogue, events, pace).ConfigureAwait(false));
        }));
        return command;
    }

    private static async Task<RunState> PlayAsync(CommandRun run, RunDialogue dialogue, IReadOnlyList<RecordedEvent> events, ReplayPace pace)
    {
        var state = RunState.Empty;
        using var reporter = new RunReporter(run.Terminal, run.Json, state, () => pace.Now, new ReplayControls(pace, run.Interrupts.AskToStop));
        for (var i = 0; i < events.Count; i++)
        {
            await pace.WaitAsync(GapBefore(events[i], state), events[i].At, run.Interrupts.Stop).ConfigureAwait(false);
            reporter.Show(new RunUpdate(events[i], state = state.Apply(events[i])));
            // What was decided on was shown once for each decision, when it was made.
            if (state.Waiting is not RunWait.Nobody && i + 1 < events.Count && events[i + 1].Event is PlanDecided or ReviewDecided)
                dialogue.Present(state, isDecided: true);
        }

        return state;
    }

    private static TimeSpan GapBefore(RecordedEvent recorded, RunState before)
    {
        if (before.Sequence == 0)
            return TimeSpan.Zero;
        var gap = TimeSpan.FromSeconds(Math.Max(0, recorded.Elapsed ?? (recorded.At - before.LastAt).TotalSeconds));
        var isOfPeople = before.Waiting is not RunWait.Nobody || recorded.Event is RunResumed or RunUndone or RunRedone || before.IsPaused;
        return isOfPeople && gap > MostForPeople ? MostForPeople : gap;
    }

    private static double SpeedOf(string text) => text switch
    {
        AtOnce => double.PositiveInfinity,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed > 0 && double.IsFinite(speed) => speed,
        _ => throw new PlanlaneException(FaultKind.Usage, $"--speed is '{text}'.", $"Give a number above 0, such as 10, or {AtOnce}."),
    };
}
