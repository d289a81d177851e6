namespace Planlane.Planning;

/// <summary>What is assumed of agents where nothing is known yet; each with its source. "Reference" is the arithmetic of 2026 for the 4.5 models.</summary>
internal static class EstimateAssumptions
{
    /// <summary>The error of all output estimates of one plan together, as the sigma of a lognormal.</summary>
    /// <remarks>
    /// Models predict their own cost badly: r is at most 0.39 (arXiv 2604.22750), which leaves √(1 − 0.39²) = 92 % of the spread unexplained. Outputs of the tasks of one plan
    /// spread with a sigma of 0.45 to 1.02, 0.75 in the mean (the six plans of the simulator), so that 0.69 would be the error of a planner that knew no more of a file than that. Plans
    /// name files and signatures, so 0.5 is assumed; half of that variance is taken to be common to a plan, as one planner made it.
    /// </remarks>
    public const double PlanSigma = 0.35;

    /// <summary>The error of each output estimate by itself; see <see cref="PlanSigma"/>.</summary>
    public const double TaskSigma = 0.35;

    /// <summary>Sigma of the lognormal time to the first token: p90/p50 = 1.66 to 1.7 in measurements of 2026 (reference).</summary>
    public const double FirstTokenSigma = 0.42;

    /// <summary>Standard deviation of the normal output speed as a share of its mean: 8/63, 15/100 and 7/48 tokens a second (reference).</summary>
    public const double SpeedDeviation = 0.14;

    /// <summary>Seconds that each uncached token of the prompt adds to the time to the first token, for each second of that time: 0.045/0.7 and 0.09/1.5 ms (reference).</summary>
    public const double PrefillShare = 0.000_06;

    /// <summary>How often a check's diagnostics go back to an agent's own model (reference: 40 % of agents).</summary>
    public const double RepairRate = 0.40;

    /// <summary>How often the planner's model takes a task over (reference: 8 % of agents, which were repaired before).</summary>
    public const double EscalationRate = 0.08;

    /// <summary>How often the combined work needs one more repair (reference: 20 % of runs).</summary>
    public const double IntegrationRate = 0.20;

    /// <summary>How often a first plan goes back to the planner, with the rules' problems or the user's words: about half of the plans of real models.</summary>
    public const double SecondPlanRate = 0.50;

    /// <summary>Output tokens of a repair (reference: 300).</summary>
    public const double RepairOutputTokens = 300;

    /// <summary>Tokens of the diagnostics that go back, as many as the answer to them.</summary>
    public const double DiagnosticsTokens = 300;

    /// <summary>Output tokens of a call of <c>finish</c> and of the frame of each written file, which planners leave out.</summary>
    public const double FinishTokens = 120;

    /// <summary>Seconds of one check, median: the middle of the two regimes of tool time, 3 and 30 seconds (reference).</summary>
    public const double CheckSeconds = 9.5;

    /// <summary>Sigma of the lognormal time of a check, so that 3 and 30 seconds are its 5th and 95th percentile.</summary>
    public const double CheckSigma = 0.7;
}
