using System.Text.Json;
using Planlane.Runs;
using Planlane.Simulator;

namespace Planlane.Trials.Savings;

/// <summary>What trials came to, kept in a file for as long as neither the code nor the assumptions change, so that a table can be made in several sittings.</summary>
/// <param name="file">The file.</param>
internal sealed class TrialStore(FileInfo file)
{
    private readonly Lock _gate = new();

    /// <summary>The file of this version of everything.</summary>
    /// <param name="folder">Where such files lie.</param>
    public static FileInfo In(string folder) => new(Path.Combine(folder, $"trials-{Version}.jsonl"));

    /// <summary>Changes with the code of the engine, the simulator and this program, and with the assumptions.</summary>
    private static string Version { get; } = VersionOf();

    /// <summary>All that is known.</summary>
    public Dictionary<SavingsTrial, TrialFigures> Read() => file.Exists
        ? File.ReadLines(file.FullName).Select(line => JsonSerializer.Deserialize<Kept>(line)!).GroupBy(kept => kept.Trial).ToDictionary(group => group.Key, group => group.Last().Figures)
        : [];

    public void Add(SavingsTrial trial, TrialFigures figures)
    {
        lock (_gate)
        {
            file.Directory!.Create();
            File.AppendAllText(file.FullName, JsonSerializer.Serialize(new Kept(trial, figures)) + "\n");
        }
    }

    private static string VersionOf()
    {
        var modules = new[] { typeof(RunState), typeof(RunService), typeof(SimulatorOptions), typeof(TrialStore) }.Select(type => type.Assembly.ManifestModule.ModuleVersionId);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Assumptions.Digest} {string.Join(' ', modules)}")))[..12];
    }

    private sealed record Kept(SavingsTrial Trial, TrialFigures Figures);
}
