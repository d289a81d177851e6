using System.Runtime.CompilerServices;
using Planlane.Budgets;
using Planlane.Runs;
using Planlane.Summary;
using Planlane.Support;

namespace Planlane.Journal;

public sealed class GoldenJournalTests
{
    public static IEnumerable<TheoryDataRow<string>> Versions => Directory.EnumerateFiles(FolderOf(), "*.jsonl").Select(file => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(file)));

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Read_JournalOfAnEarlierVersion_IsTheRunThatItWas(string version)
    {
        var events = await JsonLinesJournal.ReadAsync(Path.Combine(FolderOf(), $"{version}.jsonl"), TestContext.Current.CancellationToken);

        // Wherever that version was killed, this one knows what is next.
        var states = events.Aggregate(new List<RunState> { RunState.Empty }, (states, recorded) => [.. states, states[^1].Apply(recorded)]);
        var lines = states.Zip(events.Select(recorded => EventJson.NameOf(recorded.Event)).Append("(end)"), (state, next) => $"{string.Join(", ", RunDecider.Next(state).Select(step => step.Id))} -> {next}");

        // What is written today is read as the same.
        Assert.Equal(states[^1], events.Select(recorded => EventJson.Read(EventJson.Write(recorded))).Aggregate(RunState.Empty, (state, recorded) => state.Apply(recorded)));
        Snapshot.Match($"{Told(states[^1])}\n\n{string.Join('\n', lines)}", version);
    }

    private static string Told(RunState state)
    {
        var summary = RunSummary.From(state);
        return string.Join('\n', [
            $"run {state.Id}: {state.End}, {state.Sequence} events, {summary.Seconds:0.00} s, {BudgetRules.Spent(state).Usd:0.0000} USD",
            $"{state.Calls.Count} calls, {summary.PlannerUsage}, {summary.AgentsUsage}",
            $"base {state.Base.Commit}, birth {state.BirthTree}, work {state.Work?.Tree}, landed {state.Receipt?.NewHead} with {state.Receipt?.Commits.Count} commits",
            .. state.Tasks.Select(task => $"{task.Id} by {task.Agent} in {task.Lane}: {task.Report?.State}, {task.Turns.Count} turns, {string.Join(", ", task.Changes.Files.Select(file => $"{file.Path} {file.Blob}"))}"),
        ]);
    }

    private static string FolderOf([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Golden");
}
