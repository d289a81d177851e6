using Planlane.Budgets;

namespace Planlane.Planning;

/// <summary>What an answer of a model costs and takes.</summary>
/// <param name="Facts">The model.</param>
/// <param name="Day">The day whose prices hold.</param>
internal sealed record ModelPace(ModelFacts Facts, DateOnly Day)
{
    private TokenRates Rates { get; } = TokenRates.Of(Facts, Day);

    /// <summary>One answer.</summary>
    /// <param name="prompt">What it reads.</param>
    /// <param name="output">What it writes, in tokens.</param>
    /// <param name="first">The time to the first token as a multiple of the typical one.</param>
    /// <param name="speed">The output speed in standard deviations from the typical one.</param>
    public DrawnAnswer Answer(PromptTokens prompt, double output, double first, double speed) => new(
        Rates.UsdOf(prompt, output),
        FirstToken(prompt, first) + (output / SpeedOf(Facts, speed)),
        output,
        prompt.Fresh + output,
        prompt.Total + output);

    /// <summary>Output tokens a second, never less than half of the typical speed.</summary>
    public static double SpeedOf(ModelFacts model, double deviations) => model.TokensPerSecond * Math.Max(0.5, 1 + (EstimateAssumptions.SpeedDeviation * deviations));

    /// <summary>Seconds to the first token.</summary>
    public double FirstToken(PromptTokens prompt, double first) => Facts.FirstTokenSeconds * (first + (EstimateAssumptions.PrefillShare * prompt.Fresh));

    /// <summary>The prompt of a later turn: the conversation so far is written to the cache, but for what is read from it, if it is long enough.</summary>
    public PromptTokens Grown(double read, double whole) =>
        whole >= Facts.CacheMinimumTokens ? new PromptTokens(0, read, whole - read) : new PromptTokens(whole, 0, 0);
}

/// <summary>What one or more answers cost and took.</summary>
/// <param name="Usd">US dollars.</param>
/// <param name="Seconds">Seconds, one after another.</param>
/// <param name="Output">Output tokens.</param>
/// <param name="Fresh">Tokens but cache reads.</param>
/// <param name="Processed">All tokens.</param>
internal readonly record struct DrawnAnswer(double Usd, double Seconds, double Output, double Fresh, double Processed)
{
    /// <summary>Both together.</summary>
    public static DrawnAnswer operator +(DrawnAnswer left, DrawnAnswer right) => new(
        left.Usd + right.Usd, left.Seconds + right.Seconds, left.Output + right.Output, left.Fresh + right.Fresh, left.Processed + right.Processed);
}

/// <summary>Chance from a seed.</summary>
/// <param name="random">The generator.</param>
internal sealed class NormalDraws(Random random)
{
    /// <summary>A standard normal number, by Box and Muller's transform.</summary>
    public double Next() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A lognormal number whose median is 1.</summary>
    public double LogNormal(double sigma) => Math.Exp(sigma * Next());

    /// <summary>A number from 0 up to 1.</summary>
    public double Uniform() => random.NextDouble();
}
