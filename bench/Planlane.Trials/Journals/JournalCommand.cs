using System.CommandLine;
using System.Diagnostics;
using Planlane.Journal;
using Planlane.Runs;
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

            var answers = new List<JournalAnswer>();
            for (var i = 0; i < times; i++)
            {
                using var child = ChildProcess.Start(ProcessName, path);
                answers.Add(await child.ReadAsync<JournalAnswer>(cancellationToken).ConfigureAwait(false));
            }

            Console.WriteLine($"{answers[0].Events:N0} events, {new FileInfo(path).Length / 1e6:0} MB, {times} fresh processes; median (fastest to slowest), seconds");
            Write("read", answers, answer => answer.Read);
            Write("fold", answers, answer => answer.Fold);
            Write("load, both", answers, answer => answer.Read + answer.Fold);
            Write("processor time", answers, answer => answer.Processor);
            Write("peak memory, MB", answers, answer => answer.PeakBytes / 1e6);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task LoadAsync(string path, CancellationToken cancellationToken)
    {
        var (begun, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var events = await JsonLinesJournal.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        var read = Stopwatch.GetElapsedTime(begun);
        var state = RunState.Empty;
        foreach (var recorded in events)
            state = state.Apply(recorded);
        var whole = Stopwatch.GetElapsedTime(begun);
        ChildProcess.Answer(new JournalAnswer(state.Sequence, read.TotalSeconds, (whole - read).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds, PeakMemory.OfThisProcess()));
    }

    private static void Write(string name, List<JournalAnswer> answers, Func<JournalAnswer, double> figure)
    {
        var sorted = answers.Select(figure).Order().ToList();
        Console.WriteLine($"{name,-16} {sorted[sorted.Count / 2]:0.00} ({sorted[0]:0.00} to {sorted[^1]:0.00})");
    }

    private sealed record JournalAnswer(long Events, double Read, double Fold, double Processor, long PeakBytes);
}
