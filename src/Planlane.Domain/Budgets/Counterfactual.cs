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
    private const int PrefixTokens = 4_000;
    private const double CodeShare = 0.72;
    private const double OutputShare = 0.55;

    /// <summary>Computes the estimate.</summary>
    /// <param name="model">The model of the agent alone.</param>
    /// <param name="day">The day whose prices hold.</param>
    /// <param name="files">Files written, at least 1.</param>
    /// <param name="agentsOutputTokens">Output tokens of the parallel agents, measured or planned.</param>
    /// <param name="speed">The model's speed, measured in this run where it was.</param>
    /// <param name="checkSeconds">Seconds of one round of checks.</param>
    public static Counterfactual Of(ModelFacts model, DateOnly day, int files, long agentsOutputTokens, ModelSpeed speed, double checkSeconds)
    {
        var turns = (4 * files) + 6;
        var output = agentsOutputTokens / CodeShare;
        var growth = Math.Max(output, (output / OutputShare) - PrefixTokens) / turns;
        var written = PrefixTokens + ((turns - 1) * growth);
        var read = ((turns - 1.0) * PrefixTokens) + (growth * (turns - 1) * (turns - 2) / 2);
        var usage = new Usage(0, (long)output, (long)read, (long)written);
        var seconds = (turns * speed.FirstTokenSeconds) + (output / speed.TokensPerSecond) + checkSeconds;
        return new Counterfactual(turns, usage, model.PriceOn(day).Of(usage), seconds);
    }
}

/// <summary>How fast a model answers.</summary>
/// <param name="FirstTokenSeconds">Seconds to the first token, at least 0.</param>
/// <param name="TokensPerSecond">Output tokens per second, more than 0.</param>
public readonly record struct ModelSpeed(double FirstTokenSeconds, double TokensPerSecond);
