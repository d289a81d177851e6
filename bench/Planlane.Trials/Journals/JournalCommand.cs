using System.CommandLine;
using System.Diagnostics;
using Planlane.Journal;
using Planlane.Journal.Checkpoints;
using Planlane.Trials.Processes;

namespace Planlane.Trials.Journals;

/// <summary><c>journal</c>: how long a long journal takes to load, in a fresh process each time.</summary>
internal static class JournalCommand
{
    private const string ProcessName = "journal-process";

    public static Command Create()
    {
        var events = new Option<int>("--events") { Description = "How many events the journal holds", DefaultValueFactory = _ => 100_000 };
        var times = new Option<int>("--times") { Description = "How often it is loaded", DefaultValueFactory = _ => 5 };
        var command = new Command("journal", "Measures how long a long journal takes to load") { events, times };
        command.SetAction((parsed, cancellationToken) => MeasureAsync(parsed.GetValue(events), parsed.GetValue(times), cancellationToken));
        return command;
    }

    public static Command CreateProcess()
    {
        var path = new Argument<string>("path");
        var command = new Command(ProcessName) { path };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => LoadAsync(parsed.GetValue(path)!, cancellationToken));
        return command;
    }

    private static async Task MeasureAsync(int events, int times, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("planlane-trial-");
        try
        {
            var path = Path.Combine(folder.FullName, "journal.jsonl");
            await using (var file = File.Create(path))
                foreach (var recorded in SyntheticJournal.Events(events))
                {
                    file.Write(EventJson.Write(recorded));
                    file.WriteByte((byte)'\n');
                }

            Console.WriteLine($"{new FileInfo(path).Length / 1e6:0} MB of journal, {times} fresh processes each; median (fastest to slowest), seconds");
            await MeasureAsync("without a checkpoint", path, times, cancellationToken).ConfigureAwait(false);
            await KeepAsync(path, cancellationToken).ConfigureAwait(false);
            Console.WriteLine($"{new FileInfo(Checkpoint.PathOf(path)).Length / 1e6:0} MB of checkpoint");
            await MeasureAsync("with a checkpoint", path, times, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string title, string path, int times, CancellationToken cancellationToken)
    {
        var answers = new List<JournalAnswer>();
        for (var i = 0; i < times; i++)
        {
            using var child = ChildProcess.Start(ProcessName, path);
            answers.Add(await child.ReadAsync<JournalAnswer>(cancellationToken).ConfigureAwait(false));
        }

        Console.WriteLine($"{title}: {answers[0].Events:N0} events");
        Write("load", answers, answer => answer.Load);
        Write("processor time", answers, answer => answer.Processor);
        Write("pauses of the GC", answers, answer => answer.Paused);
        Write("peak memory, MB", answers, answer => answer.PeakBytes / 1e6);
    }

    private static async Task KeepAsync(string path, CancellationToken cancellationToken)
    {
        await using var journal = JsonLinesJournal.Open(path, TimeProvider.System);
        var begun = Stopwatch.GetTimestamp();
        var state = await journal.RestoreAsync(cancellationToken).ConfigureAwait(false);
        journal.Reached(state);
        Console.WriteLine($"folded, and the checkpoint begun, after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.00} s");
    }

    private static async Task LoadAsync(string path, CancellationToken cancellationToken)
    {
        var (begun, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var state = await JsonLinesJournal.LoadAsync(path, cancellationToken).ConfigureAwait(false);
        var whole = Stopwatch.GetElapsedTime(begun);
        ChildProcess.Answer(new JournalAnswer(state.Sequence, whole.TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds, GC.GetTotalPauseDuration().TotalSeconds, PeakMemory.OfThisProcess()));
    }

    private static void Write(string name, List<JournalAnswer> answers, Func<JournalAnswer, double> figure)
    {
        var sorted = answers.Select(figure).Order().ToList();
        Console.WriteLine($"{name,-16} {sorted[sorted.Count / 2]:0.00} ({sorted[0]:0.00} to {sorted[^1]:0.00})");
    }

    private sealed record JournalAnswer(long Events, double Load, double Processor, double Paused, long PeakBytes);
}
