using System.Text.Json.Nodes;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Scripting;

/// <summary>What the scripted planner answers: the recorded plan, written without white space as a model writes under a JSON schema.</summary>
internal static class PlannerScript
{
    private const string OnlyRepeats = "This is a scripted model: it can only repeat its recorded plan.";

    public static string Plan(Scenario scenario) => Document(scenario).ToJsonString(WireJson.Compact);

    /// <summary>The answer to a user who wants the plan changed.</summary>
    public static string Repeated(Scenario scenario)
    {
        var plan = Document(scenario);
        plan["suitability"]!["reason"] = $"{OnlyRepeats} {plan["suitability"]!["reason"]}";
        return plan.ToJsonString(WireJson.Compact);
    }

    /// <summary>The answer to a request that was not recorded.</summary>
    public static string Declined(Scenario scenario, string asked) => new JsonObject
    {
        ["version"] = Planning.Plan.SchemaVersion,
        ["suitability"] = new JsonObject
        {
            ["orchestrate"] = false,
            ["kind"] = KindOf(asked),
            ["reason"] = $"This is a scripted model: it knows only the request of the scenario '{scenario.Name}': {scenario.Request}",
        },
        ["conventions"] = "",
        ["contracts"] = new JsonArray(),
        ["tasks"] = new JsonArray(),
        ["checks"] = new JsonArray(),
    }.ToJsonString(WireJson.Compact);

    // A request tells its kind by its first word, which is as far as a script can read.
    private static string KindOf(string asked) => asked.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()?.ToLowerInvariant() switch
    {
        "fix" or "debug" or "repair" => "bug-fix",
        "explain" or "describe" or "why" or "what" or "how" => "explanation",
        "review" or "audit" => "review",
        "refactor" or "rename" or "move" => "refactoring",
        _ => "feature",
    };

    private static JsonObject Document(Scenario scenario) => JsonNode.Parse(scenario.Plan)!.AsObject();
}
