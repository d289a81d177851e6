using System.Text.Json.Nodes;
using Planlane.Simulator.Scripting;

namespace Planlane.Trials.Kills;

/// <summary>A scenario whose checks are a real command that takes no time, so that kills fall on the engine's own work and not on the compiler's.</summary>
internal sealed class CheapChecks : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planlane-kills-").FullName;

    public CheapChecks(Scenario shipped)
    {
        foreach (var file in Directory.EnumerateFiles(shipped.Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_folder, Path.GetRelativePath(shipped.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var plan = JsonNode.Parse(shipped.Plan)!.AsObject();
        plan["checks"] = new JsonArray(new JsonObject { ["name"] = "build", ["command"] = "test -d src" });
        File.WriteAllText(Path.Combine(_folder, "plan.json"), plan.ToJsonString());
        Scenario = Scenario.Load(_folder);
    }

    public Scenario Scenario { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
