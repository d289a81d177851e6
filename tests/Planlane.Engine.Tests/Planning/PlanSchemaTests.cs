using System.Text.Json.Nodes;

namespace Planlane.Planning;

/// <summary>The schema of the planner's answer is the one source of members and types; that of files only lets people leave members out.</summary>
public sealed class PlanSchemaTests
{
    private static readonly string[] Omissible =
    [
        "version", "suitability", "stages", "contracts", "checks", "covers", "suitability/orchestrate", "suitability/kind", "suitability/reason",
        "tasks/title", "tasks/reads", "tasks/dependsOn", "tasks/acceptance", "tasks/check", "tasks/estimate", "tasks/commitMessage", "tasks/model", "tasks/changesSignatures", "tasks/moves",
        "tasks/estimate/minutes", "tasks/estimate/outputTokens",
    ];

    [Fact]
    public void FileSchema_ItsPlan_IsThePlanSchemaWithWhatMayBeLeftOut()
    {
        var expected = JsonNode.Parse(PlanDocument.Schema)!.AsObject();
        expected.Remove("$schema");
        expected.Remove("title");
        Loosen(expected, "");
        expected["properties"]!["$schema"] = new JsonObject { ["type"] = "string" };
        expected["properties"]!["version"]!["enum"] = new JsonArray([.. Enumerable.Range(1, Plan.SchemaVersion).Select(version => JsonValue.Create(version))]);

        var actual = JsonNode.Parse(PlanFile.Schema)!["$defs"]!["plan"]!;

        Assert.True(JsonNode.DeepEquals(expected, actual), $"planfile.schema.json should have under $defs/plan:\n{expected}");
    }

    [Fact]
    public void AnswerSchema_EveryMember_IsRequired()
    {
        var open = new Stack<JsonNode>([JsonNode.Parse(PlanDocument.Schema)!]);
        while (open.TryPop(out var node))
        {
            if (node is JsonObject { } schema && schema["properties"] is JsonObject members && schema["required"] is JsonArray required)
            {
                Assert.Equal(members.Select(member => member.Key), required.Select(name => name!.GetValue<string>()));
                Assert.False(schema["additionalProperties"]!.GetValue<bool>());
            }

            foreach (var child in node is JsonObject parent ? parent.Select(member => member.Value) : node is JsonArray items ? items : [])
                if (child is JsonObject or JsonArray)
                    open.Push(child);
        }
    }

    private static void Loosen(JsonObject schema, string at)
    {
        var inner = schema["type"]!.GetValue<string>() == "array" ? schema["items"]!.AsObject() : schema;
        if (inner["required"] is JsonArray required)
        {
            var kept = required.Select(name => name!.GetValue<string>()).Where(name => !Omissible.Contains(at + name)).ToList();
            inner.Remove("required");
            if (kept.Count > 0)
                inner["required"] = new JsonArray([.. kept.Select(name => JsonValue.Create(name))]);
        }

        foreach (var (name, member) in inner["properties"]?.AsObject().ToList() ?? [])
            if (member!["type"]?.GetValue<string>() is "object" or "array")
                Loosen(member.AsObject(), $"{at}{name}/");
    }
}
