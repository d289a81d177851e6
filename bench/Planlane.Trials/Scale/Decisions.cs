using System.Diagnostics;
using System.Globalization;
using Planlane.Planning;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Trials.Scale;

/// <summary>How long the decider takes to say what is next in a run of a plan with very many tasks.</summary>
internal static class Decisions
{
    private const int Tasks = 1_000;
    private const int Slots = 32;

    /// <summary>Plays a run in memory: every event is applied, and after each the decider is asked, as the driver does.</summary>
    public static void Measure(TextWriter output)
    {
        Play(100);
        var (steps, decided, applied, longest) = Play(Tasks);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"A plan of {Tasks} tasks, each after up to two others, {Slots} slots, with a budget: {steps} events, decided in {decided / steps:0.000} ms each (longest {longest:0.000}; aim 5), applied in {applied / steps:0.000} ms each."));
    }

    private static (int Steps, double Decided, double Applied, double Longest) Play(int count)
    {
        var play = new DecisionPlay(PlanOf(count), Slots);
        var (decided, longest) = (0.0, 0.0);
        while (play.Move())
        {
            var begun = Stopwatch.GetTimestamp();
            play.Decide();
            var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            (decided, longest) = (decided + took, Math.Max(longest, took));
        }

        return (play.Events, decided, play.AppliedMilliseconds, longest);
    }

    private static Plan PlanOf(int count)
    {
        var random = new Random(1);
        var tasks = Enumerable.Range(1, count).Select(number => new PlannedTask(
            new TaskId($"task-{number}"), $"Task {number}", "", new Ownership([new Glob($"src/{number}.cs")]), [],
            number < 10 ? [] : Enumerable.Range(0, random.Next(3)).Select(_ => new TaskId($"task-{random.Next(1, number)}")).Distinct().ToValueList(),
            ["It is there"], null, new TaskEstimate(random.Next(200, 4_000)), $"Do task {number}"));
        return new Plan(Plan.SchemaVersion, new Suitability(true, ""), [], [], tasks.ToValueList(), [], []);
    }
}
