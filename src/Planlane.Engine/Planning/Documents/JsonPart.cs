using System.Text.Json;

namespace Planlane.Planning.Documents;

/// <summary>A value of a JSON text with the place where it begins.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">The offset of its first byte.</param>
internal sealed record JsonPart(JsonValueKind Kind, int Start)
{
    /// <summary>The text of a string, the digits of a number; else empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>The members of an object in the text's order; one that is given twice stands here twice.</summary>
    public List<JsonMember> Members { get; } = [];

    /// <summary>The items of an array.</summary>
    public List<JsonPart> Items { get; } = [];

    /// <summary>The member of a name, the last one when it is given twice; null when there is none.</summary>
    public JsonPart? Find(string name) => Members.LastOrDefault(member => member.Name == name)?.Value;
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="NameStart">The offset of the name's first byte.</param>
/// <param name="Value">Its value.</param>
internal sealed record JsonMember(string Name, int NameStart, JsonPart Value);

/// <summary>Something that is wrong at one place of a text.</summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="At">The JSON pointer of the value.</param>
/// <param name="Offset">The offset of the byte to point at.</param>
internal sealed record Finding(string Rule, string Message, string At, int Offset);
