using System.Text.Json;
using Planlane.Runs;
using Planlane.Simulator;

namespace Planlane.Trials.Savings;

/// <summary>What trials came to, kept in a file for as long as neither the code nor the assumptions change, so that a table can be made in several sittings.</summary>
/// <param name="folder">Where the files lie.</param>
internal sealed class TrialStore(string folder)
{
    private readonly Lock _gate = new();
    private readonly string _file = Path.Combine(folder, $"trials-{Version}.jsonl");

    /// <summary>Changes with the code of the engine, the simulator and this program, and with the assumptions.</summary>
    public static string Version { get; } = VersionOf();

    /// <summary>All that is known.</summary>
    public Dictionary<SavingsTrial, TrialFigures> Read() => File.Exists(_file)
        ? File.ReadLines(_file).Select(line => JsonSerializer.Deserialize<Kept>(line)!).GroupBy(kept => kept.Trial).ToDictionary(group => group.Key, group => group.Last().Figures)
        : [];

    public void Add(SavingsTrial trial, TrialFigures figures)
    {
        lock (_gate)
        {
            Directory.CreateDirectory(folder);
            File.AppendAllText(_file, JsonSerializer.Serialize(new Kept(trial, figures)) + "\n");
        }
    }

    private static string VersionOf()
    {
        var modules = new[] { typeof(RunState), typeof(RunService), typeof(SimulatorOptions), typeof(TrialStore) }.Select(type => type.Assembly.ManifestModule.ModuleVersionId);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Assumptions.Digest} {string.Join(' ', modules)}")))[..12];
    }

    private sealed record Kept(SavingsTrial Trial, TrialFigures Figures);
}
