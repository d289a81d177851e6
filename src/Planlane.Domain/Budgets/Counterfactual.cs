namespace Planlane.Budgets;

/// <summary>What one agent alone would have cost and taken for the same files; an estimate, never a measurement.</summary>
/// <remarks>
/// Source: reference arithmetic of 2026 for agents with a rolling prompt cache. For F files an agent alone takes T = 4F + 6 turns on a prefix of
/// P = 4,000 tokens; the parallel agents' code is 72 % of what it writes; its output is 55 % of the tokens that it ever sees, of which the prefix and tool
/// results are the rest (never less than none). Each turn adds g tokens of output and results, so that
/// W = P + (T−1)g tokens are written to the cache and R = (T−1)P + g(T−1)(T−2)/2 read from it. Its time is T first tokens, the output at the model's speed, and the checks
/// once; the time of its other tool calls is left out, in its favour.
/// </remarks>
/// <param name="Turns">Turns of the agent.</param>
/// <param name="Usage">Its tokens.</param>
/// <param name="Cost">Its cost.</param>
/// <param name="Seconds">Its time in seconds.</param>
public sealed record Counterfactual(int Turns, Usage Usage, Cost Cost, double Seconds)
{
    /// <summary>Computes the estimate.</summary>
    /// <param name="model">The model of the agent alone.</param>
    /// <param name="day">The day whose prices hold.</param>
    /// <param name="files">Files written, at least 1.</param>
    /// <param name="agentsOutputTokens">Output tokens of the parallel agents, measured or planned.</param>
    /// <param name="speed">The model's speed, measured in this run where it was.</param>
    /// <param name="checkSeconds">Seconds of one round of checks.</param>
    public static Counterfactual Of(ModelFacts model, DateOnly day, int files, long agentsOutputTokens, ModelSpeed speed, double checkSeconds)
    {
        var tokens = AloneTokens.Of(files, agentsOutputTokens);
        var seconds = (tokens.Turns * speed.FirstTokenSeconds) + (tokens.Output / speed.TokensPerSecond) + checkSeconds;
        return new Counterfactual(tokens.Turns, UsageOf(tokens), CostOf(tokens, model, day), seconds);
    }

    private static Cost CostOf(AloneTokens tokens, ModelFacts model, DateOnly day)
    {
        var price = model.PriceOn(day);
        var whole = UsageOf(tokens);
        if (model.LongPrompts.FirstOrDefault(row => row.Price.From == price.From) is not { } dear)
            return price.Of(whole);
        var start = UsageOf(tokens.Below(dear.Above));
        return price.Of(start) + dear.Price.Of(new Usage(0, whole.Output - start.Output, whole.CacheRead - start.CacheRead, whole.CacheWrite - start.CacheWrite));
    }

    private static Usage UsageOf(AloneTokens tokens) => new(0, (long)tokens.Output, (long)tokens.Read, (long)tokens.Written);
}

/// <summary>How fast a model answers.</summary>
/// <param name="FirstTokenSeconds">Seconds to the first token, at least 0.</param>
/// <param name="TokensPerSecond">Output tokens per second, more than 0.</param>
public readonly record struct ModelSpeed(double FirstTokenSeconds, double TokensPerSecond);
