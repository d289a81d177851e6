using System.Text.Json;
using System.Text.RegularExpressions;

namespace Planlane.Planning.Documents;

/// <summary>Reads a JSON text by one of our published schemas and finds everything that the schema does not allow. Immutable; thread-safe.</summary>
/// <remarks>Knows the keywords that these schemas use: <c>type</c>, <c>properties</c>, <c>required</c>, <c>additionalProperties: false</c>, <c>items</c>, <c>enum</c> of texts, <c>pattern</c>, <c>anyOf</c> of types, <c>$ref</c> to <c>$defs</c>. The version of a document is judged by <see cref="PlanVersions"/>.</remarks>
internal sealed class DocumentSchema
{
    private readonly JsonElement _root;

    private DocumentSchema(string place)
    {
        using var document = JsonDocument.Parse(Prompts.Read(place));
        _root = document.RootElement.Clone();
    }

    /// <summary>The schema of a planner's answer.</summary>
    public static DocumentSchema Answer { get; } = new("Planning/plan.schema.json");

    /// <summary>The schema of what people and other programs write, and of the documents of earlier versions.</summary>
    public static DocumentSchema File { get; } = new("Planning/planfile.schema.json");

    /// <summary>Everything that is wrong with a value.</summary>
    /// <param name="part">The value.</param>
    /// <param name="definition">The name of its schema under <c>$defs</c>; null for the schema's root.</param>
    public List<Finding> Check(JsonPart part, string? definition = null)
    {
        var findings = new List<Finding>();
        Check(part, definition is null ? _root : _root.GetProperty("$defs").GetProperty(definition), "", findings);
        return findings;
    }

    private void Check(JsonPart part, JsonElement schema, string at, List<Finding> findings)
    {
        var alternatives = Alternatives(schema).ToList();
        if (alternatives.Find(alternative => JsonTypes.Fits(part, TypeOf(alternative))) is not { ValueKind: JsonValueKind.Object } chosen)
        {
            var expected = string.Join(" or ", alternatives.Select(alternative => JsonTypes.Words(TypeOf(alternative))));
            findings.Add(new Finding("types-right", $"{JsonPointer.Words(at)} must be {expected}, not {JsonTypes.Words(part)}.", at, part.Start));
            return;
        }

        switch (part.Kind)
        {
            case JsonValueKind.Object: CheckMembers(part, chosen, at, findings); break;
            case JsonValueKind.String: CheckText(part, chosen, at, findings); break;
            case JsonValueKind.Array:
                for (var i = 0; i < part.Items.Count; i++)
                    Check(part.Items[i], chosen.GetProperty("items"), $"{at}/{i}", findings);
                break;
        }
    }

    private void CheckMembers(JsonPart part, JsonElement schema, string at, List<Finding> findings)
    {
        var known = schema.GetProperty("properties");
        foreach (var member in part.Members)
        {
            var below = $"{at}/{JsonPointer.Escaped(member.Name)}";
            if (known.TryGetProperty(member.Name, out var value))
                Check(member.Value, value, below, findings);
            else
                findings.Add(new Finding("members-known", $"'{Short(member.Name)}' is no member of {JsonPointer.Words(at)}; {Meant(member.Name, known.EnumerateObject().Select(name => name.Name))}", below, member.NameStart));
        }

        if (!schema.TryGetProperty("required", out var required))
            return;
        foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => part.Find(name) is null))
            findings.Add(new Finding("members-present", $"{JsonPointer.Words(at)} lacks '{name}'.", at, part.Start));
    }

    private static void CheckText(JsonPart part, JsonElement schema, string at, List<Finding> findings)
    {
        if (schema.TryGetProperty("enum", out var values))
        {
            var known = values.EnumerateArray().Select(value => value.GetString()!).ToList();
            if (!known.Contains(part.Text))
                findings.Add(new Finding("values-known", $"{at} is '{Short(part.Text)}'; {Meant(part.Text, known)}", at, part.Start));
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(part.Text, pattern.GetString()!, RegexOptions.CultureInvariant))
            findings.Add(new Finding("values-known", $"{at} is '{Short(part.Text)}'. It must be: {schema.GetProperty("description").GetString()}", at, part.Start));
    }

    private IEnumerable<JsonElement> Alternatives(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Alternatives(_root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]));
        return schema.TryGetProperty("anyOf", out var some) ? some.EnumerateArray().SelectMany(Alternatives) : [schema];
    }

    private static string TypeOf(JsonElement schema) => schema.GetProperty("type").GetString()!;

    private static string Meant(string word, IEnumerable<string> known) => NearestName.Of(word, known) is { } near
        ? $"did you mean '{near}'?"
        : $"known are {string.Join(", ", known)}.";

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}
