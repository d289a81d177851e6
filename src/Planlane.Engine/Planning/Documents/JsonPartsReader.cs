using System.Text.Json;

namespace Planlane.Planning.Documents;

/// <summary>Reads a JSON text into parts, and finds what is no JSON in it.</summary>
/// <param name="utf8">The text.</param>
internal sealed class JsonPartsReader(byte[] utf8)
{
    private readonly Stack<(JsonValueKind Kind, string At)> _open = new();
    private readonly List<Finding> _findings = [];

    /// <summary>The value of the text; null when it is not JSON, which is then the last finding.</summary>
    public JsonPart? Read(out List<Finding> findings)
    {
        findings = _findings;
        var reader = new Utf8JsonReader(utf8);
        try
        {
            reader.Read();
            var part = Part(ref reader, "");
            // One more step finds what stands behind the value.
            reader.Read();
            return part;
        }
        catch (JsonException exception)
        {
            _findings.Add(Syntax(exception));
            return null;
        }
    }

    private JsonPart Part(ref Utf8JsonReader reader, string at)
    {
        var start = (int)reader.TokenStartIndex;
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Members(ref reader, new JsonPart(JsonValueKind.Object, start), at),
            JsonTokenType.StartArray => Items(ref reader, new JsonPart(JsonValueKind.Array, start), at),
            JsonTokenType.String => new JsonPart(JsonValueKind.String, start) { Text = Text(ref reader, at) },
            JsonTokenType.Number => new JsonPart(JsonValueKind.Number, start) { Text = System.Text.Encoding.UTF8.GetString(reader.ValueSpan) },
            JsonTokenType.True => new JsonPart(JsonValueKind.True, start),
            JsonTokenType.False => new JsonPart(JsonValueKind.False, start),
            _ => new JsonPart(JsonValueKind.Null, start),
        };
    }

    private JsonPart Members(ref Utf8JsonReader reader, JsonPart part, string at)
    {
        _open.Push((JsonValueKind.Object, at));
        var names = new HashSet<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var name = Text(ref reader, at);
            var below = $"{at}/{JsonPointer.Escaped(name)}";
            if (!names.Add(name))
                _findings.Add(new Finding("members-unique", $"{JsonPointer.Words(at)} has '{name}' more than once; keep one.", below, start));
            reader.Read();
            part.Members.Add(new JsonMember(name, start, Part(ref reader, below)));
        }

        _open.Pop();
        return part;
    }

    private JsonPart Items(ref Utf8JsonReader reader, JsonPart part, string at)
    {
        _open.Push((JsonValueKind.Array, at));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            part.Items.Add(Part(ref reader, $"{at}/{part.Items.Count}"));
        _open.Pop();
        return part;
    }

    private string Text(ref Utf8JsonReader reader, string at)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            _findings.Add(new Finding("document-readable", $"A text in {JsonPointer.Words(at)} holds half of a character (a lone surrogate, or bytes that are not UTF-8).", at, (int)reader.TokenStartIndex));
            return "";
        }
    }

    // The reader's message ends with its own line and byte, which count from 0; the place is said apart.
    private Finding Syntax(JsonException exception)
    {
        if (utf8.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
            return new Finding("document-readable", "The text is empty.", "", 0);
        var offset = OffsetOf(exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0);
        var isEnd = utf8.AsSpan(offset).Trim(" \t\r\n"u8).IsEmpty || exception.Message.Contains("reached end of data", StringComparison.Ordinal);
        var (kind, at) = _open.TryPeek(out var open) ? open : (JsonValueKind.Undefined, "");
        var message = isEnd && kind != JsonValueKind.Undefined
            ? $"The text ends too early: {(kind == JsonValueKind.Object ? "the object" : "the array")} {JsonPointer.Words(at)} is not closed."
            : Plain(exception.Message);
        return new Finding("document-readable", message, at, offset);
    }

    private static string Plain(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).Replace(" Change the reader options.", "", StringComparison.Ordinal);
    }

    private int OffsetOf(long line, long position)
    {
        var start = 0;
        for (var i = 0L; i < line; i++)
            start += utf8.AsSpan(start).IndexOf((byte)'\n') + 1;
        return (int)Math.Min(utf8.Length, start + position);
    }
}
