using Planlane.Budgets;

namespace Planlane.Trials.Savings;

/// <summary>What came of one trial, by the simulator's own ledger and clock.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Seconds">Virtual seconds from the request to its end, checks included.</param>
/// <param name="Usd">Dollars at the prices of the models that were used.</param>
/// <param name="UsdCurrent">Dollars of the same tokens at the prices of today's models.</param>
/// <param name="Usage">All tokens.</param>
/// <param name="Requests">Requests, refused ones included.</param>
/// <param name="AgentPrompt">Prompt tokens of agents (or of the one agent).</param>
/// <param name="AgentRead">Those of them that came from the cache.</param>
/// <param name="Agents">Tasks.</param>
/// <param name="Repaired">Tasks whose agent was asked more than once.</param>
/// <param name="Escalated">Tasks that the planner's model took over.</param>
/// <param name="Rounds">How often the whole was combined and checked.</param>
/// <param name="IsWhole">Whether the files at the end are the recorded ones and the real checks passed on them.</param>
/// <param name="Time">Where the time went, in seconds.</param>
/// <param name="Money">Where the money went, in dollars.</param>
/// <param name="RealSeconds">What the trial took in real time.</param>
/// <param name="Note">Why it ended as it did.</param>
internal sealed record TrialFigures(
    string Outcome,
    double Seconds,
    decimal Usd,
    decimal UsdCurrent,
    Usage Usage,
    int Requests,
    long AgentPrompt,
    long AgentRead,
    int Agents,
    int Repaired,
    int Escalated,
    int Rounds,
    bool IsWhole,
    IReadOnlyDictionary<string, double> Time,
    IReadOnlyDictionary<string, double> Money,
    double RealSeconds,
    string? Note)
{
    public const string Done = "done";
    public const string Declined = "declined";
    public const string Failed = "failed";

    /// <summary>How many runs it stands for.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>How often the work was combined again after its first check.</summary>
    public int Again => Math.Max(0, Rounds - Runs);

    /// <summary>Whether it is known what it cost; not of a trial that broke off.</summary>
    public bool IsMeasured => Requests > 0;

    /// <summary>A trial that could not be run to its end, so that nobody knows what it cost.</summary>
    public static TrialFigures Broken(string why) =>
        new(Failed, 0, 0, 0, default, 0, 0, 0, 0, 0, 0, 0, false, new Dictionary<string, double>(), new Dictionary<string, double>(), 0, why);

    public double CacheShare => AgentPrompt == 0 ? 0 : (double)AgentRead / AgentPrompt;
}
