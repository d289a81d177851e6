namespace Planlane.Budgets;

/// <summary>The prices of one model on one day for reckoning with many possible usages; what was really used is priced by <see cref="ModelFacts.CostOf"/>.</summary>
/// <param name="Short">US dollars a million tokens for prompts of up to <paramref name="Above"/> tokens.</param>
/// <param name="Long">The same for longer prompts.</param>
/// <param name="Above">Where long prompts begin, in tokens; infinite for models without a price of their own for them.</param>
internal readonly record struct TokenRates(TokenRates.Row Short, TokenRates.Row Long, double Above)
{
    private const double PerMillion = 1_000_000;

    /// <summary>The prices in force on a day.</summary>
    public static TokenRates Of(ModelFacts model, DateOnly day)
    {
        var price = model.PriceOn(day);
        return model.LongPrompts.FirstOrDefault(row => row.Price.From == price.From) is { } dear
            ? new TokenRates(Row.Of(price), Row.Of(dear.Price), dear.Above)
            : new TokenRates(Row.Of(price), Row.Of(price), double.PositiveInfinity);
    }

    /// <summary>What one answer costs, in US dollars.</summary>
    public double UsdOf(PromptTokens prompt, double output) => (prompt.Total > Above ? Long : Short).UsdOf(prompt, output);

    /// <summary>US dollars a million tokens of each kind.</summary>
    internal readonly record struct Row(double Input, double Output, double CacheRead, double CacheWrite)
    {
        public static Row Of(ModelPrice price) => new((double)price.Input, (double)price.Output, (double)price.CacheRead, (double)price.CacheWrite);

        public double UsdOf(PromptTokens prompt, double output) =>
            ((prompt.Uncached * Input) + (prompt.Read * CacheRead) + (prompt.Written * CacheWrite) + (output * Output)) / PerMillion;
    }
}

/// <summary>The tokens of a prompt by what the prompt cache does with them.</summary>
/// <param name="Uncached">Neither read nor written.</param>
/// <param name="Read">Read from the cache.</param>
/// <param name="Written">Written to it for five minutes.</param>
internal readonly record struct PromptTokens(double Uncached, double Read, double Written)
{
    /// <summary>All tokens.</summary>
    public double Total => Uncached + Read + Written;

    /// <summary>Those that are processed anew.</summary>
    public double Fresh => Uncached + Written;
}
