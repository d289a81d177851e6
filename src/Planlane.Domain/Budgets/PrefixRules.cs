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

    // The vendor keeps an entry for five minutes, or an hour, from its last use. A request that is decided on now reaches it a little later.
    private const double Reach = 10;
    private const double ShortSeconds = 300;
    private const double LongSeconds = 3_600;

    // Time for the request that renews it, should that be slow.
    private const double RenewAhead = 30;

    /// <summary>After so long without a use the prefix is read once more, so that it stays in the cache; for entries of five minutes.</summary>
    public static TimeSpan RenewAfter { get; } = TimeSpan.FromSeconds(ShortSeconds - RenewAhead);

    /// <summary>Whether what was last used so many seconds ago can still be read by a request that is sent now.</summary>
    /// <param name="seconds">Seconds since the last use.</param>
    /// <param name="isLong">Whether it was written for an hour.</param>
    public static bool IsKept(double seconds, bool isLong = false) => seconds < (isLong ? LongSeconds : ShortSeconds) - Reach;

    /// <summary>Whether it pays to read a prefix only to keep it, when somebody will surely read it later.</summary>
    /// <remarks>Each time costs r, and what is lost when it expires is w - r. For the 4.5 models (w = 1.25, r = 0.1) it pays eleven times in a row, which is 50 minutes.</remarks>
    /// <param name="price">The prices of the model.</param>
    /// <param name="inARow">How often it was read only to keep it since an agent last used it.</param>
    public static bool PaysToRenew(ModelPrice price, int inARow) => (inARow + 1) * price.CacheRead < price.CacheWrite - price.CacheRead;

    /// <summary>Whether it is cheaper to write a prefix for an hour than to renew it while nobody uses it.</summary>
    /// <remarks>Written for an hour it costs W instead of w; renewed every 4.5 minutes of a pause it costs r each time. For the 4.5 models (W = 2, w = 1.25, r = 0.1) an hour pays for pauses of 36 minutes on.</remarks>
    /// <param name="price">The prices of the model.</param>
    /// <param name="pauseSeconds">The longest time in which no agent begins a call, as expected.</param>
    public static bool PaysForAnHour(ModelPrice price, double pauseSeconds) =>
        pauseSeconds < LongSeconds && (decimal)Math.Floor(pauseSeconds / RenewAfter.TotalSeconds) * price.CacheRead > price.CacheWriteLong - price.CacheWrite;

    /// <summary>Whether every agent is told of all tasks what their own agents are told, in the part that all share, so that its own part is short.</summary>
    /// <remarks>
    /// It shows agents what they may rely on of each other. Told to its own agent alone, a brief costs w; told to all, w and r for each of the others: as long as the briefs are no longer than
    /// what is shared anyway, no prompt more than doubles, at a tenth of the price.
    /// </remarks>
    /// <param name="briefs">Estimated tokens of all briefs together.</param>
    /// <param name="shared">Estimated tokens of the prefix without them.</param>
    /// <param name="agents">How many agents share it.</param>
    public static bool SharesBriefs(int briefs, int shared, int agents) => agents > 1 && briefs <= shared;

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
