namespace Planlane.Trials.Savings;

/// <summary>One run of one arm.</summary>
/// <param name="Scenario">What is asked for.</param>
/// <param name="Arm">Who does it; one of <see cref="Arms"/>.</param>
/// <param name="Regime">How long tools take.</param>
/// <param name="Seed">Draws the luck.</param>
internal sealed record SavingsTrial(string Scenario, string Arm, string Regime, int Seed);

/// <summary>Who does the work.</summary>
internal static class Arms
{
    public const string Alone = "alone";
    public const string Tuned = "tuned";
    public const string OneShot = "single";
    public const string Planlane = "planlane";
    public const string Barrier = "barrier";
    public const string NoContracts = "no-contracts";
    public const string Cold = "cold";
    public const string OneByOne = "one-by-one";
    public const string NoLimit = "no-limit";
    private const string SlotsPrefix = "slots-";

    public static IReadOnlyList<string> Main { get; } = [Alone, Tuned, OneShot, Planlane];

    public static IReadOnlyList<string> Ablations { get; } = ["slots-1", "slots-2", "slots-4", "slots-16", Barrier, NoContracts, Cold, OneByOne, NoLimit];

    public static IReadOnlyList<string> All { get; } = [.. Main, .. Ablations];

    /// <summary>The slots of an arm of the engine.</summary>
    public static int SlotsOf(string arm, int usual) => arm.StartsWith(SlotsPrefix, StringComparison.Ordinal) ? int.Parse(arm[SlotsPrefix.Length..], System.Globalization.CultureInfo.InvariantCulture) : usual;

    public static bool IsLoop(string arm) => arm is Alone or Tuned;

    public static string Words(string arm) => arm switch
    {
        Alone => "one agent alone (Sonnet 4.5, one file a turn)",
        Tuned => "one agent alone, tuned (batched writes)",
        OneShot => "`planlane --single`: one agent that needs to look at nothing first",
        Planlane => "Planlane, 8 slots",
        Barrier => "a barrier between stages",
        NoContracts => "no contracts: their files are a first task, and the others wait for it",
        Cold => "a cold fan-out: no agent waits for the first byte of the first, so that all write the shared prefix to the cache",
        OneByOne => "no one-shot files: one tool call a turn, and the report in a turn of its own",
        NoLimit => "no limit to repairs: failed checks go back to the agents' model until its 20 turns are used",
        _ => $"{SlotsOf(arm, 0)} slots",
    };
}
