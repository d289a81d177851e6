using Planlane.Planning;

namespace Planlane.Budgets;

/// <summary>When it pays to fill the agents' shared prefix up to what the prompt cache takes.</summary>
/// <remarks>
/// A prefix of S tokens below the cache's minimum m is paid in full by each of N agents. Filled up to m it is written once (1.25 of the input price) and read by
/// the others (0.1 of it), so that it pays when S &gt; m(1.15/N + 0.1). Source: reference arithmetic of 2026 for the 4.5 models.
/// </remarks>
public static class PrefixRules
{
    // Tokens are estimated, so the prefix is filled beyond the minimum by the error of the estimate.
    private const double FillTo = 1.1;

    // The vendor keeps an entry for five minutes from its last use. A request that is decided on now reaches it a little later.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(10);

    /// <summary>Whether what was last used at one moment can still be read by a request that is sent at another.</summary>
    public static bool IsKept(DateTimeOffset used, DateTimeOffset now) => now - used < Kept;

    /// <summary>Whether it pays to write a part of a prompt to the cache for five minutes, when it may be sent once more.</summary>
    /// <remarks>Written and read, it costs w + q·r; else 1 + q, for an input price of 1: for the 4.5 models (w = 1.25, r = 0.1) it pays from q = 0.28 on.</remarks>
    /// <param name="price">The prices of the model.</param>
    /// <param name="again">How often the same part is sent once more, as a share of the cases from 0 to 1.</param>
    public static bool PaysToWrite(ModelPrice price, double again) => (double)price.CacheWrite + (again * (double)price.CacheRead) < (double)price.Input * (1 + again);

    /// <summary>Whether it pays to write a planner's first prompt to the cache, as often a second try follows.</summary>
    public static bool PaysForPlans(ModelPrice price) => PaysToWrite(price, EstimateAssumptions.SecondPlanRate);

    /// <summary>Whether it pays to write an agent's own brief to the cache, as often a second turn follows.</summary>
    public static bool PaysForBriefs(ModelPrice price) => PaysToWrite(price, EstimateAssumptions.RepairRate);

    /// <summary>Whether filling up pays.</summary>
    /// <param name="tokens">Estimated tokens of the prefix, at least 0.</param>
    /// <param name="minimum">The shortest prefix that the cache takes, in tokens.</param>
    /// <param name="agents">How many agents share it, at least 1.</param>
    public static bool PaysToFill(int tokens, int minimum, int agents) => tokens < minimum && tokens > minimum * ((1.15 / agents) + 0.1);

    /// <summary>Up to how many tokens the prefix is filled.</summary>
    public static double FillTarget(int minimum) => minimum * FillTo;

    /// <summary>The tokens that the prefix will have.</summary>
    /// <param name="tokens">Its estimated tokens before it is filled up.</param>
    /// <param name="filler">Tokens of the files that it may be filled up with.</param>
    /// <param name="minimum">The shortest prefix that the cache takes, in tokens.</param>
    /// <param name="agents">How many agents share it, at least 1.</param>
    public static double Filled(int tokens, int filler, int minimum, int agents) =>
        PaysToFill(tokens, minimum, agents) && tokens + filler >= minimum ? Math.Min(tokens + filler, FillTarget(minimum)) : tokens;
}
