using System.Text.Json.Nodes;
using Planlane.Budgets;

namespace Planlane.Planning.Documents;

/// <summary>What a plan document means that leaves members out, as people and other programs may.</summary>
internal static class PlanDefaults
{
    private const int TokensOfAPath = 1_500;
    private const int TokensOfAReport = 150;
    private const int MostTokens = 60_000;
    private const double TokensOfAMinute = 1_000;

    /// <summary>Adds what was left out. The document is valid by the schema of plan files.</summary>
    public static void Fill(JsonObject plan)
    {
        plan.Remove("$schema");
        plan["version"] = Plan.SchemaVersion;
        var suitability = Object(plan, "suitability");
        Add(suitability, "orchestrate", true);
        Add(suitability, "kind", "feature");
        Add(suitability, "reason", "Whoever wrote the plan divided the work.");
        foreach (var name in (string[])["stages", "contracts", "checks", "covers"])
            plan[name] ??= new JsonArray();
        foreach (var task in plan["tasks"]!.AsArray())
            FillTask(task!.AsObject());
    }

    private static void FillTask(JsonObject task)
    {
        foreach (var name in (string[])["reads", "dependsOn", "acceptance", "changesSignatures", "moves"])
            task[name] ??= new JsonArray();
        foreach (var name in (string[])["check", "model"])
            if (!task.ContainsKey(name))
                task[name] = null;
        Add(task, "title", TitleOf(task["id"]!.GetValue<string>()));
        Add(task, "commitMessage", task["title"]!.GetValue<string>());
        var estimate = Object(task, "estimate");
        Add(estimate, "outputTokens", TokensOf(task["brief"]!.GetValue<string>(), task["owns"]!.AsArray().Count));
        Add(estimate, "minutes", Math.Ceiling(1 + (estimate["outputTokens"]!.GetValue<int>() / TokensOfAMinute)));
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
