using System.Text.Json;
using Planlane.Simulator.Scripting;

namespace Planlane.Trials.Savings;

/// <summary>The files of a scenario as they should be at the end.</summary>
internal static class GoldFiles
{
    /// <summary>The files that the work makes or changes, contracts included.</summary>
    public static IReadOnlyList<string> PathsOf(Scenario scenario)
    {
        var root = Path.Combine(scenario.Folder, "gold");
        var gold = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file));
        return [.. gold.Concat(ContractsOf(scenario)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The digest of the whole repository at the end.</summary>
    public static string DigestOf(Scenario scenario)
    {
        var folder = Directory.CreateTempSubdirectory("planlane-gold-");
        try
        {
            scenario.CopyBaseTo(folder.FullName);
            foreach (var path in PathsOf(scenario))
            {
                var target = Path.Combine(folder.FullName, path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.WriteAllText(target, scenario.Gold(path));
            }

            return CheckRecords.DigestOf(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The commands of the plan.</summary>
    public static IReadOnlyList<string> ChecksOf(Scenario scenario)
    {
        using var plan = JsonDocument.Parse(scenario.Plan);
        return [.. plan.RootElement.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("command").GetString()!)];
    }

    private static List<string> ContractsOf(Scenario scenario)
    {
        using var plan = JsonDocument.Parse(scenario.Plan);
        return [.. plan.RootElement.GetProperty("contracts").EnumerateArray().Select(contract => contract.GetProperty("path").GetString()!)];
    }
}
