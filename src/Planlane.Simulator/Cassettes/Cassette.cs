using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Planlane.Runs;
using Planlane.Simulator.Wire;
using Planlane.Values;

namespace Planlane.Simulator.Cassettes;

/// <summary>Calls that were recorded from an API, to be answered again without it. A file of JSON lines, one call each; it holds no key. Immutable.</summary>
/// <param name="Calls">The calls in the order of their ends.</param>
public sealed record Cassette(ValueList<RecordedCall> Calls)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = WireJson.Compact.Encoder, RespectRequiredConstructorParameters = true };

    /// <summary>Reads a file.</summary>
    /// <exception cref="PlanlaneException">It cannot be read or is no cassette.</exception>
    public static Cassette Load(string path)
    {
        try
        {
            return new Cassette(File.ReadLines(path).Where(line => line.Length > 0)
                .Select(line => JsonSerializer.Deserialize<RecordedCall>(line, Json) ?? throw new JsonException("A line is null.")).ToValueList());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PlanlaneException(FaultKind.Usage, $"The cassette '{path}' cannot be read: {fault.Message}", "Name a file that was written with --record.", fault);
        }
    }

    /// <summary>A call as a line of a file.</summary>
    public static string LineOf(RecordedCall call) => JsonSerializer.Serialize(call, Json);

    /// <summary>What two requests share that ask the same: path and body, whatever the spelling and the order of the body's members.</summary>
    public static string KeyOf(string path, string body)
    {
        var text = new StringBuilder(path).Append('\n');
        try
        {
            Spell(JsonSerializer.Deserialize<JsonElement>(body), text);
        }
        catch (JsonException)
        {
            text.Append(body);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Spell(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    text.Append('{').Append(JsonSerializer.Serialize(member.Name)).Append(':');
                    Spell(member.Value, text);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    Spell(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                text.Append(JsonSerializer.Serialize(element.GetString()));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }
}

/// <summary>One recorded call.</summary>
/// <param name="Path">The path, such as <c>/v1/messages</c>.</param>
/// <param name="Key">What requests share that ask the same (<see cref="Cassette.KeyOf"/>).</param>
/// <param name="Request">The request body, without what looks like a key.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The content type of the answer.</param>
/// <param name="Headers">The headers of the answer that say something: limits, ids, <c>retry-after</c>.</param>
/// <param name="Pieces">The body of the answer as it came, piece by piece.</param>
public sealed record RecordedCall(string Path, string Key, string Request, int Status, string ContentType, ValueList<RecordedHeader> Headers, ValueList<RecordedPiece> Pieces);

/// <summary>A header of a recorded answer.</summary>
/// <param name="Name">Its name in small letters.</param>
/// <param name="Value">Its value.</param>
public sealed record RecordedHeader(string Name, string Value);

/// <summary>A piece of a recorded answer.</summary>
/// <param name="At">When it came, in milliseconds from the start of the request.</param>
/// <param name="Text">What it held; pieces end between characters.</param>
public sealed record RecordedPiece(long At, string Text);
