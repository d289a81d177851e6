using System.Text.Json.Nodes;
using Planlane.Budgets;

namespace Planlane.Planning.Documents;

/// <summary>What a plan document means that leaves members out, and which members a document leaves out.</summary>
internal static class PlanDefaults
{
    private const int TokensOfAPath = 1_500;
    private const int TokensOfAReport = 150;
    private const int MostTokens = 60_000;

    private static readonly string[] ListsOfPlan = ["stages", "covers"];
    private static readonly string[] ListsOfTask = ["reads", "dependsOn", "acceptance", "changesSignatures", "moves"];
    private static readonly string[] TextsOfTask = ["check", "model"];

    /// <summary>Adds what was left out, and brings a document of an earlier version to the form of this one.</summary>
    /// <param name="plan">A document that is valid by the schema of answers or of plan files.</param>
    public static void Fill(JsonObject plan)
    {
        plan.Remove("$schema");
        plan["version"] = Plan.SchemaVersion;
        var suitability = Object(plan, "suitability");
        Add(suitability, "orchestrate", true);
        Add(suitability, "kind", "feature");
        Add(suitability, "reason", "Whoever wrote the plan divided the work.");
        Add(plan, "conventions", "");
        foreach (var name in (string[])["contracts", "checks", .. ListsOfPlan])
            plan[name] ??= new JsonArray();
        foreach (var task in plan["tasks"]!.AsArray())
            FillTask(task!.AsObject());
    }

    /// <summary>Takes out of a written plan what <see cref="Fill"/> would add, and puts the members into the order of the schema.</summary>
    /// <param name="plan">A plan with all members.</param>
    public static JsonObject Leave(JsonObject plan)
    {
        plan["version"] = Plan.SchemaVersion;
        var tasks = new JsonArray([.. plan["tasks"]!.AsArray().Select(task => LeanTask(task!.AsObject()))]);
        plan["tasks"] = tasks;
        plan["suitability"] = Ordered(plan["suitability"]!.AsObject(), ["orchestrate", "kind", "reason"], []);
        return Ordered(plan, ["version", "suitability", "conventions", "contracts", "tasks", "checks"], ListsOfPlan);
    }

    private static void FillTask(JsonObject task)
    {
        foreach (var name in ListsOfTask)
            task[name] ??= new JsonArray();
        foreach (var name in TextsOfTask)
            if (!task.ContainsKey(name))
                task[name] = null;
        Add(task, "title", TitleOf(task["id"]!.GetValue<string>()));
        Add(task, "commitMessage", task["title"]!.GetValue<string>());
        var tokens = (task["outputTokens"] ?? task["estimate"]?["outputTokens"])?.GetValue<int>() ?? TokensOf(task["brief"]!.GetValue<string>(), task["owns"]!.AsArray().Count);
        task.Remove("outputTokens");
        task["estimate"] = new JsonObject { ["outputTokens"] = tokens };
    }

    private static JsonObject LeanTask(JsonObject task)
    {
        task["outputTokens"] = task["estimate"]!["outputTokens"]!.DeepClone();
        if (task["commitMessage"]!.GetValue<string>() == task["title"]!.GetValue<string>())
            task.Remove("commitMessage");
        return Ordered(task, ["id", "title", "owns", "brief", "outputTokens"], ["reads", "dependsOn", "acceptance", "commitMessage", "check", "model", "changesSignatures", "moves"]);
    }

    private static JsonObject Ordered(JsonObject whole, ReadOnlySpan<string> always, ReadOnlySpan<string> filled)
    {
        var ordered = new JsonObject();
        foreach (var name in always)
            ordered[name] = whole[name]!.DeepClone();
        foreach (var name in filled)
            if (whole[name] is { } value and not JsonArray { Count: 0 })
                ordered[name] = value.DeepClone();
        return ordered;
    }

    private static string TitleOf(string id)
    {
        var words = id.Replace('-', ' ');
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    // A file of some 150 lines for each owned path, and what takes more words to say takes more to write. It only has to be of the right size: it sets prices and
    // the order of work, and the plan's own figures go before it.
    private static int TokensOf(string brief, int paths) => Math.Min(MostTokens, TokensOfAReport + (paths * TokensOfAPath) + TokenCount.Of(brief));

    private static JsonObject Object(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject there)
            return there;
        var added = new JsonObject();
        parent[name] = added;
        return added;
    }

    private static void Add<T>(JsonObject parent, string name, T value)
    {
        if (!parent.ContainsKey(name))
            parent[name] = JsonValue.Create(value);
    }
}
