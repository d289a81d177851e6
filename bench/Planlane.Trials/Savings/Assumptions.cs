using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Planlane.Simulator.Faults;
using Planlane.Values;

namespace Planlane.Trials.Savings;

/// <summary>All that the comparison assumes, from one file with its sources that was written before anything was measured.</summary>
internal sealed record Assumptions(
    DateOnly AsOf,
    string Planner,
    string Agent,
    IReadOnlyDictionary<string, string> CurrentPrices,
    int Slots,
    int AlonePrefixTokens,
    double AloneCodeShare,
    Imperfection SmallModel,
    Imperfection LargeModel,
    double StuckRate,
    double SlipSmallRate,
    double SlipLargeRate,
    ValueList<ServiceFault> ServiceFaults,
    double IntegratedChecks,
    ValueList<Regime> Regimes,
    ValueList<Case> Scenarios,
    Bars Bars,
    ValueList<string> Sources)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };
    private static readonly string Text = Read();

    public static Assumptions Current { get; } = JsonSerializer.Deserialize<Assumptions>(Text, Json)!;

    /// <summary>Tells one version of the file from another.</summary>
    public static string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..12];

    public Case CaseOf(string scenario) => Scenarios.Single(found => found.Name == scenario);

    public Regime RegimeOf(string name) => Regimes.Single(found => found.Name == name);

    private static string Read()
    {
        using var reader = new StreamReader(typeof(Assumptions).Assembly.GetManifestResourceStream("Planlane/Trials/Savings/assumptions.json")!);
        return reader.ReadToEnd();
    }
}

/// <summary>A fault of the service and the share of calls that meet it.</summary>
internal sealed record ServiceFault(string Name, double Rate);

/// <summary>How long tools take.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sigma">The spread of the lognormal.</param>
/// <param name="Words">What it stands for.</param>
/// <param name="MedianSeconds">The median; null for the scenario's own seconds.</param>
/// <param name="IsMean">Whether the figure is the mean instead of the median.</param>
/// <param name="OnlyCommands">Whether only builds and tests take time; else every turn of one agent alone that calls a tool.</param>
internal sealed record Regime(string Name, double Sigma, string Words, double? MedianSeconds = null, bool IsMean = false, bool OnlyCommands = false);

/// <summary>A scenario and what is assumed of it.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Files">F in the turns of one agent alone.</param>
/// <param name="SeedTau">Its seconds of tools in a turn.</param>
/// <param name="SeedMinutesAlone">What the seed said of one agent.</param>
/// <param name="SeedMinutes">What the seed said of several.</param>
/// <param name="Loses">Whether it should not be divided.</param>
/// <param name="Slip">The mistake that only a build of the whole shows.</param>
internal sealed record Case(string Name, int Files, double SeedTau, double? SeedMinutesAlone = null, double? SeedMinutes = null, bool Loses = false, SlipText? Slip = null)
{
    public int AloneTurns => (4 * Files) + 6;

    public int TunedTurns => Math.Max(6, Files + 4);

    public bool IsOfTheSeed => SeedMinutes is not null;
}

internal sealed record SlipText(string Path, string Right, string Wrong);

/// <summary>The shares that should be saved at least, and others that should be kept.</summary>
internal sealed record Bars(
    double TimeAlone, double TimeTuned, double TimeAloneP95, double TimeTunedP95, double Dollars, double DollarsCurrent, double Processed, double Fresh, double CacheShare, double Loses);
