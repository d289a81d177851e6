using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Simulator.Scripting;
using Planlane.Values;

namespace Planlane.Trials.Fuzzing;

/// <summary><c>fuzz</c>: many random cases for the readers of plans and for the intersection of patterns.</summary>
internal static class FuzzCommand
{
    public static Command Create()
    {
        var cases = new Option<int>("--cases") { Description = "How many cases of each kind", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "The seed of the first case; the next ones count up from it", DefaultValueFactory = _ => 1 };
        var command = new Command("fuzz", "Feeds the plan parser and the intersection of patterns with random cases") { cases, seed };
        command.SetAction(parsed =>
        {
            var (count, first) = (Math.Max(1, parsed.GetValue(cases)), parsed.GetValue(seed));
            var plans = new PlanFuzz([.. Seeds()]);
            return Run("plans", plans.FailureOf, first, count) & Run("patterns", GlobFuzz.FailureOf, first, count) ? 0 : 1;
        });
        return command;
    }

    // The shortest scenario: breaking a long text mostly breaks its prose.
    private static IEnumerable<string> Seeds()
    {
        var shortest = new ScenarioCatalogue().List().Select(scenario => scenario.Plan).MinBy(plan => plan.Length)!;
        var plan = PlanDocument.Parse(shortest);
        plan = plan with { Tasks = plan.Tasks.Select(task => task with { Brief = "Write it." }).Take(3).ToValueList(), Contracts = plan.Contracts.Take(1).Select(contract => contract with { Content = "stub" }).ToValueList() };
        yield return PlanDocument.Write(plan);
        yield return new PlanFile(RequestText.Parse("Add it\nRequirements:\n- tests"), new ObjectId(new string('a', 40)), plan).Write();
        yield return """{"request":"Add it","plan":{"tasks":[{"id":"one","brief":"Write it.","owns":["src/a.cs"]}]}}""";
        yield return """{"tasks":[{"id":"one","brief":"Write it.","owns":["src/a.cs"],"estimate":{"minutes":1}},{"id":"two","brief":"","owns":["b/**"],"dependsOn":["one"]}]}""";
    }

    private static bool Run(string name, Func<int, string?> failureOf, int first, int count)
    {
        var watch = Stopwatch.StartNew();
        var failed = int.MaxValue;
        Parallel.For(0, count, (i, loop) =>
        {
            if (failureOf(unchecked(first + i)) is null)
                return;
            InterlockedMin(ref failed, i);
            loop.Break();
        });
        if (failed < count)
        {
            Console.WriteLine($"{name}: failed; again: fuzz --cases 1 --seed {unchecked(first + failed)}\n{failureOf(unchecked(first + failed))}");
            return false;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {count:N0} cases from seed {first} in {watch.Elapsed.TotalSeconds:0.0} s, {count / watch.Elapsed.TotalSeconds:N0} cases per second, none failed"));
        return true;
    }

    private static void InterlockedMin(ref int least, int value)
    {
        for (var seen = Volatile.Read(ref least); value < seen; seen = Volatile.Read(ref least))
            if (Interlocked.CompareExchange(ref least, value, seen) == seen)
                return;
    }
}
