using System.CommandLine;
using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane log RUN [AGENT]</c>: what happened in a run, or what an agent and its model said; with <c>--follow</c> what happens in it now.</summary>
internal static class LogCommand
{
    public static Command Create(GlobalOptions options)
    {
        var id = new Argument<string?>("RUN") { Description = "The run, or the beginning of its id [default: the newest]", Arity = ArgumentArity.ZeroOrOne };
        var agent = AgentArgument.Create("Show the transcript of this agent, such as Haiku-1");
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with the events that another process adds, until the run has ended or nobody works on it" };
        var command = new Command("log", "Show every event of a run, or the transcript of one agent") { id, agent, follow };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(follow) && parsed.GetValue(agent) is not null)
                parsed.AddError("--follow shows the events of a run, not the transcript of an agent.");
        });
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var state = await EngineDoor.FindAsync(service, run.Parsed.GetValue(id), run.Interrupts.Stop).ConfigureAwait(false);
            if (run.Parsed.GetValue(agent) is { } name)
                WriteAgent(run, state, name);
            else if (run.Parsed.GetValue(follow))
                await FollowAsync(run, service, state.Id).ConfigureAwait(false);
            else
                WriteEvents(run, await service.ReadAsync(state.Id, run.Interrupts.Stop).ConfigureAwait(false));
            run.Json?.Result(ExitCodes.Ok);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static async Task FollowAsync(CommandRun run, RunService service, RunId id)
    {
        var (view, state) = (new LogView(run.Terminal.Out), RunState.Empty);
        await foreach (var update in service.FollowAsync(id, run.Interrupts.Stop).ConfigureAwait(false))
        {
            state = update.State;
            if (run.Json is { } json)
                json.Write(update.Recorded);
            else
                view.Show(update);
        }

        if (state.End is null && run.Json is null)
            run.Terminal.Error.Line("Nobody works on this run now. Go on: ", Ink.Strong(RunStatus.NextCommand(state) ?? $"planlane resume {id}"));
    }

    private static void WriteEvents(CommandRun run, IReadOnlyList<RecordedEvent> events)
    {
        if (run.Json is { } json)
            foreach (var recorded in events)
                json.Write(recorded);
        else
            LogView.Write(run.Terminal.Out, events);
    }

    private static void WriteAgent(CommandRun run, RunState state, string name)
    {
        var task = AgentArgument.Find(state, name);
        if (run.Json is { } json)
            foreach (var turn in task.Turns)
                json.Write(new { type = "turn", agent = task.Agent, task = task.Id, turn });
        else
            TranscriptView.Write(run.Terminal.Out, task);
    }
}
