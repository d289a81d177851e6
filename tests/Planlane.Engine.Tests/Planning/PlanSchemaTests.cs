using System.Text.Json.Nodes;

namespace Planlane.Planning;

/// <summary>The schema of the planner's answer is the one source of members and types; that of files lets people leave more out, and takes what earlier versions had.</summary>
public sealed class PlanSchemaTests
{
    private static readonly string[] Omissible =
    [
        "version", "suitability", "conventions", "contracts", "checks", "suitability/orchestrate", "suitability/kind", "suitability/reason", "tasks/title", "tasks/outputTokens",
    ];

    [Fact]
    public void FileSchema_ItsPlan_IsThePlanSchemaWithWhatMayBeLeftOut()
    {
        var expected = JsonNode.Parse(PlanDocument.Schema)!.AsObject();
        expected.Remove("$schema");
        expected.Remove("title");
        Loosen(expected, "");
        expected["properties"]!["$schema"] = new JsonObject { ["type"] = "string" };
        AllowEarlierVersions(expected["properties"]!["tasks"]!["items"]!["properties"]!.AsObject());
        expected["properties"]!["version"]!["enum"] = new JsonArray([.. Enumerable.Range(1, Plan.SchemaVersion).Select(version => JsonValue.Create(version))]);

        var actual = JsonNode.Parse(PlanFile.Schema)!["$defs"]!["plan"]!;

        Assert.True(JsonNode.DeepEquals(expected, actual), $"planfile.schema.json should have under $defs/plan:\n{expected}");
    }

    // The vendor compiles an answer's schema to a grammar: at most 24 optional members and 16 of several types, closed objects, and required members are written first, whatever their order here.
    [Fact]
    public void AnswerSchema_IsOneThatTheVendorTakes_AndKeepsItsOrder()
    {
        var (optional, unions) = (0, 0);
        var open = new Stack<JsonNode>([JsonNode.Parse(PlanDocument.Schema)!]);
        while (open.TryPop(out var node))
        {
            unions += node is JsonObject alternatives && alternatives["anyOf"] is not null ? 1 : 0;
            if (node is JsonObject schema && schema["properties"] is JsonObject members)
            {
                var required = schema["required"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
                Assert.Equal(required, members.Select(member => member.Key).Take(required.Count));
                Assert.False(schema["additionalProperties"]!.GetValue<bool>());
                optional += members.Count - required.Count;
            }

            foreach (var child in node is JsonObject parent ? parent.Select(member => member.Value) : node is JsonArray items ? items : [])
                if (child is JsonObject or JsonArray)
                    open.Push(child);
        }

        Assert.InRange(optional, 1, 24);
        Assert.Equal(0, unions);
    }

    private static void AllowEarlierVersions(JsonObject task)
    {
        task["estimate"] = JsonNode.Parse("""
            {
              "type": "object",
              "description": "Of versions 1 and 2; now outputTokens of the task. The minutes are not read.",
              "additionalProperties": false,
              "properties": { "minutes": { "type": "number" }, "outputTokens": { "type": "integer" } }
            }
            """);
        foreach (var name in (string[])["check", "model"])
        {
            task[name]!.AsObject().Remove("type");
            task[name]!["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = "null" });
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
