namespace Planlane.Budgets;

/// <summary>The tokens of one agent alone on a rolling prompt cache, after some of its turns; see <see cref="Counterfactual"/>.</summary>
/// <param name="Turns">Turns, at least 0.</param>
/// <param name="Growth">What each turn adds to the conversation.</param>
/// <param name="Output">Output tokens of all these turns.</param>
internal readonly record struct AloneTokens(int Turns, double Growth, double Output)
{
    private const int PrefixTokens = 4_000;
    private const double CodeShare = 0.72;
    private const double OutputShare = 0.55;

    /// <summary>What is written to the cache.</summary>
    public double Written => Turns == 0 ? 0 : PrefixTokens + ((Turns - 1) * Growth);

    /// <summary>What is read from the cache.</summary>
    public double Read => Turns == 0 ? 0 : ((Turns - 1.0) * PrefixTokens) + (Growth * (Turns - 1) * (Turns - 2) / 2);

    /// <summary>The tokens of the whole work.</summary>
    /// <param name="files">Files written, at least 1.</param>
    /// <param name="agentsOutputTokens">Output tokens of the parallel agents.</param>
    public static AloneTokens Of(int files, double agentsOutputTokens)
    {
        var turns = (4 * files) + 6;
        var output = agentsOutputTokens / CodeShare;
        return new AloneTokens(turns, Math.Max(output, (output / OutputShare) - PrefixTokens) / turns, output);
    }

    /// <summary>The tokens of the first turns, whose prompts have at most <paramref name="above"/> tokens; the rest is paid at the price of long prompts.</summary>
    public AloneTokens Below(double above)
    {
        var turns = Growth <= 0 || double.IsInfinity(above) ? Turns : (int)Math.Clamp(Math.Floor((above - PrefixTokens) / Growth) + 1, 0, Turns);
        return this with { Turns = turns, Output = Output * turns / Turns };
    }

    /// <summary>What it costs, in US dollars.</summary>
    public double UsdAt(TokenRates rates)
    {
        var cheap = Below(rates.Above);
        var rest = new PromptTokens(0, Read - cheap.Read, Written - cheap.Written);
        return rates.Short.UsdOf(new PromptTokens(0, cheap.Read, cheap.Written), cheap.Output) + rates.Long.UsdOf(rest, Output - cheap.Output);
    }
}
