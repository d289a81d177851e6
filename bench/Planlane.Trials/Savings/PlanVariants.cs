using System.Text.Json.Nodes;
using Planlane.Simulator.Scripting;

namespace Planlane.Trials.Savings;

/// <summary>The same work under another plan, for the arms that leave something out.</summary>
internal static class PlanVariants
{
    private const string First = "contracts";

    /// <summary>The scenario of an arm.</summary>
    /// <param name="scenario">As it is.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="folder">An empty folder for a scenario of other files.</param>
    public static Scenario Of(Scenario scenario, string arm, string folder) => arm switch
    {
        Arms.Barrier => scenario.WithPlan(Barrier(JsonNode.Parse(scenario.Plan)!.AsObject())),
        Arms.NoContracts => WithoutContracts(scenario, folder),
        Arms.OneByOne => OneByOne(scenario, folder),
        _ => scenario,
    };

    // A task waits for all tasks of the stages before its own, whether it needs them or not.
    private static string Barrier(JsonObject plan)
    {
        var tasks = TasksOf(plan);
        var depths = new Dictionary<string, int>();
        foreach (var task in tasks.Where(task => Depth(Id(task)) > 0))
            task["dependsOn"] = new JsonArray([.. tasks.Where(other => Depth(Id(other)) < Depth(Id(task))).Select(other => JsonValue.Create(Id(other)))]);
        return plan.ToJsonString();

        // Kept when it was first asked for, before dependencies are added.
        int Depth(string id) => depths.TryGetValue(id, out var known) ? known
            : depths[id] = (tasks.Single(task => Id(task) == id)["dependsOn"]?.AsArray() ?? []).Select(before => 1 + Depth(before!.GetValue<string>())).DefaultIfEmpty(0).Max();
    }

    // The script of each agent makes one call, sees its result, and makes the next.
    private static Scenario OneByOne(Scenario scenario, string folder)
    {
        Copy(scenario.Folder, folder);
        var script = ScriptOf(folder);
        foreach (var (_, task) in script["tasks"]!.AsObject())
            task!["oneByOne"] = true;
        File.WriteAllText(Path.Combine(folder, "scenario.json"), script.ToJsonString());
        return Scenario.Load(folder);
    }

    // The planner writes no stubs: an agent writes them, and all that is built on them waits and reads them.
    private static Scenario WithoutContracts(Scenario scenario, string folder)
    {
        var plan = JsonNode.Parse(scenario.Plan)!.AsObject();
        var contracts = plan["contracts"]!.AsArray().Select(contract => contract!.AsObject()).ToList();
        if (contracts.Count == 0)
            return scenario;
        Copy(scenario.Folder, folder);
        foreach (var contract in contracts)
        {
            var target = Path.Combine(folder, "gold", PathOf(contract));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, scenario.Gold(PathOf(contract)));
        }

        var paths = contracts.Select(PathOf).ToList();
        foreach (var task in TasksOf(plan))
        {
            Extend(task, "dependsOn", [First]);
            Extend(task, "reads", paths);
        }

        plan["tasks"]!.AsArray().Insert(0, FirstTask(contracts));
        plan["contracts"] = new JsonArray();
        if (plan["stages"] is JsonArray stages)
            stages.Insert(0, "Types");
        File.WriteAllText(Path.Combine(folder, "plan.json"), plan.ToJsonString());
        var script = ScriptOf(folder);
        script["tasks"]!.AsObject()[First] = new JsonObject { ["work"] = "Wrote the types that all share", ["writes"] = new JsonArray([.. paths.Select(path => JsonValue.Create(path))]) };
        File.WriteAllText(Path.Combine(folder, "scenario.json"), script.ToJsonString());
        return Scenario.Load(folder);

        static string PathOf(JsonObject contract) => contract["path"]!.GetValue<string>();
    }

    private static JsonObject FirstTask(List<JsonObject> contracts)
    {
        // What the planner would have written itself, it has to describe now.
        var brief = $"Write the types and signatures that the other tasks share, without behaviour, one after another:\n{string.Join('\n', contracts.Select(contract => $"- {contract["path"]}"))}";
        return new JsonObject
        {
            ["id"] = First,
            ["title"] = "Add the shared types",
            ["owns"] = new JsonArray([.. contracts.Select(contract => contract["path"]!.DeepClone())]),
            ["brief"] = brief,
            ["outputTokens"] = contracts.Sum(contract => contract["content"]!.GetValue<string>().Length) * 2 / 7,
        };
    }

    private static void Extend(JsonObject task, string member, IEnumerable<string> with)
    {
        if (task[member] is not JsonArray list)
            task[member] = list = [];
        foreach (var item in with.Where(item => list.All(old => old!.GetValue<string>() != item)))
            list.Add(item);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private static JsonObject ScriptOf(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "scenario.json")))!.AsObject();

    private static List<JsonObject> TasksOf(JsonObject plan) => [.. plan["tasks"]!.AsArray().Select(task => task!.AsObject())];

    private static string Id(JsonObject task) => task["id"]!.GetValue<string>();
}
