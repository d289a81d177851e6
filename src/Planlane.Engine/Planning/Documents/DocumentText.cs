using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Planlane.Planning.Documents;

/// <summary>A JSON text with the places of its values.</summary>
internal sealed class DocumentText
{
    private readonly byte[] _utf8;

    /// <summary>Reads a text; what is no JSON in it is among the findings.</summary>
    public DocumentText(string text)
    {
        _utf8 = Encoding.UTF8.GetBytes(text);
        Root = new JsonPartsReader(_utf8).Read(out var findings);
        Findings = findings;
    }

    /// <summary>The value of the text, or null when it is not JSON.</summary>
    public JsonPart? Root { get; }

    /// <summary>What is wrong with the text as JSON.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The text as a tree that can be changed; it is JSON. Half of a character in it, as a cut-off text can hold, is U+FFFD here as in the parts.</summary>
    public JsonObject ToObject() => JsonNode.Parse(_utf8)!.AsObject();

    /// <summary>The offset of the value that a pointer names; of the nearest value around it when there is none, as for a member that was left out.</summary>
    public int OffsetOf(string pointer)
    {
        var at = Root;
        foreach (var part in JsonPointer.Parts(pointer))
        {
            if ((at?.Kind == JsonValueKind.Array ? Item(at, part) : at?.Find(part)) is not { } next)
                break;
            at = next;
        }

        return at?.Start ?? 0;
    }

    /// <summary>The line and the column of an offset, both from 1; a column is a character.</summary>
    public (int Line, int Column) PlaceOf(int offset)
    {
        var before = _utf8.AsSpan(0, Math.Min(offset, _utf8.Length));
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetString(before[lineStart..]).EnumerateRunes().Count() + 1);
    }

    /// <summary>The text with the string at an offset replaced by another that needs no escapes.</summary>
    public string With(JsonPart text, string value)
    {
        var reader = new Utf8JsonReader(_utf8.AsSpan(text.Start), isFinalBlock: false, default);
        reader.Read();
        var end = text.Start + (int)reader.BytesConsumed;
        return $"{Encoding.UTF8.GetString(_utf8.AsSpan(0, text.Start))}\"{value}\"{Encoding.UTF8.GetString(_utf8.AsSpan(end))}";
    }

    private static JsonPart? Item(JsonPart array, string part) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.Items.Count ? array.Items[index] : null;
}
