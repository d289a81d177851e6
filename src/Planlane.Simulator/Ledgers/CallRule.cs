using System.Globalization;
using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Simulator.Ledgers;

/// <summary>One thing that should hold of all calls of a client. Immutable; made by the members of <see cref="CallRules"/>.</summary>
/// <param name="Name">How it is named in words, such as <c>once</c>.</param>
/// <param name="Breaches">Says what breaks it, a sentence each; empty when it holds.</param>
public sealed record CallRule(string Name, Func<IReadOnlyList<SimulatedCall>, IEnumerable<string>> Breaches);

/// <summary>The things that tests and users can ask of the calls of a client.</summary>
public static class CallRules
{
    /// <summary>No question was asked again after it had been answered completely: nothing is paid for twice.</summary>
    public static CallRule Once { get; } = new("once", calls =>
        from question in Questions(calls)
        let answered = question.SkipWhile(call => call.StopReason is null).Skip(1).Count()
        where answered > 0
        select $"{Name(question.First())} was asked {Times(answered)} more after its answer.");

    /// <summary>Who was told to wait (<c>retry-after</c>) did not ask the same again before that.</summary>
    public static CallRule Spaced { get; } = new("spaced", calls =>
        from question in Questions(calls)
        from pair in question.Zip(question.Skip(1))
        where pair.First.RetryAfter is not null && pair.Second.StartedAt < pair.First.EndedAt + pair.First.RetryAfter
        select string.Create(CultureInfo.InvariantCulture, $"{Name(pair.First)} was asked again after {(pair.Second.StartedAt - pair.First.EndedAt!.Value).TotalSeconds:0.###} s instead of {pair.First.RetryAfter!.Value.TotalSeconds:0.###} s."));

    /// <summary>After an answer that no retry can help (a spend limit, 401, 402, 403) nothing more was asked.</summary>
    public static CallRule Stops { get; } = new("stops", calls =>
    {
        var terminal = calls.FirstOrDefault(call => call.IsTerminal);
        return terminal is null ? [] : calls.Where(call => call.StartedAt > terminal.EndedAt).Select(call => $"{Name(call)} was asked although call {terminal.Number} had been answered with {terminal.Status}.");
    });

    /// <summary>All agents of a model sent the same bytes up to their first breakpoint.</summary>
    public static CallRule SamePrefix { get; } = new("same-prefix", calls =>
        from model in calls.Where(call => call is { Role: CallRole.Agent, Turn: 1, PrefixKey: not null }).GroupBy(call => call.Model)
        let prefixes = model.Select(call => call.PrefixKey).Distinct().Count()
        where prefixes > 1
        select $"Agents on {model.Key} sent {prefixes} different prefixes.");

    /// <summary>Of the prompts of all agents after the first answered one of their model, at least a share was read from the cache.</summary>
    /// <param name="share">From 0 to 1.</param>
    public static CallRule CacheReads(double share) => new("cache-reads", calls =>
        from model in calls.Where(call => call is { Role: CallRole.Agent, Usage.TotalInput: > 0 }).GroupBy(call => call.Model)
        let later = model.OrderBy(call => call.FirstByteAt).Skip(1).ToList()
        let total = later.Sum(call => call.Usage.TotalInput)
        where total > 0 && later.Sum(call => call.Usage.CacheRead) < share * total
        select string.Create(CultureInfo.InvariantCulture, $"Agents on {model.Key} read {100.0 * later.Sum(call => call.Usage.CacheRead) / total:0.#} % of their prompts from the cache, less than {100 * share:0.#} %."));

    /// <summary>Never were more calls open at once.</summary>
    public static CallRule Peak(int most) => new("peak", calls => PeakOf(calls) is var peak && peak > most ? [$"{peak} calls were open at once, more than {most}."] : []);

    /// <summary>All calls together cost no more, and every model has a price.</summary>
    public static CallRule CostAtMost(Cost most, ValueList<ModelFacts> prices) => new("cost", calls => Ledger.Of(calls, prices) switch
    {
        { IsPriced: false } => ["A model has no price."],
        { Cost: var cost } when cost > most => [string.Create(CultureInfo.InvariantCulture, $"The calls cost ${cost.Usd}, more than ${most.Usd}.")],
        _ => [],
    });

    /// <summary>What breaks the rules, each sentence after the name of its rule; empty when all hold.</summary>
    public static IReadOnlyList<string> Check(this IReadOnlyList<SimulatedCall> calls, params ReadOnlySpan<CallRule> rules)
    {
        var broken = new List<string>();
        foreach (var rule in rules)
            broken.AddRange(rule.Breaches(calls).Select(breach => $"{rule.Name}: {breach}"));
        return broken;
    }

    /// <summary>The most calls that were open at once.</summary>
    public static int PeakOf(IReadOnlyList<SimulatedCall> calls)
    {
        var (open, peak) = (0, 0);
        // At one instant those that end make room for those that begin.
        foreach (var (_, step) in calls.SelectMany(call => new[] { (At: call.StartedAt, Step: 1), (At: call.EndedAt ?? DateTimeOffset.MaxValue, Step: -1) }).OrderBy(move => move.At).ThenBy(move => move.Step))
            peak = Math.Max(peak, open += step);
        return peak;
    }

    private static IEnumerable<IGrouping<(CallRole, TaskId?, int, string?), SimulatedCall>> Questions(IReadOnlyList<SimulatedCall> calls) =>
        // What only fills the cache or keeps it (max_tokens: 0) asks nothing.
        calls.Where(call => call.Turn > 0 && call is not { StopReason: "max_tokens", Usage.Output: 0 }).GroupBy(call => (call.Role, call.Task, call.Turn, call.PromptKey));

    private static string Name(SimulatedCall call) => call.Task is { } task ? $"Turn {call.Turn} of task {task}" : $"Turn {call.Turn} of the {call.Role.ToString().ToLowerInvariant()}";

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";
}
