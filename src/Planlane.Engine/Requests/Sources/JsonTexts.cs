using System.Text;
using System.Text.Json;

namespace Planlane.Requests.Sources;

/// <summary>Reads JSON as people write it in project files: with comments and commas too many; what is no JSON is empty.</summary>
internal static class JsonTexts
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static JsonElement Parse(string? text)
    {
        try
        {
            // Half of a pair of surrogates is no text, escaped or not; no name that matters here needs one.
            var plain = (text ?? "").TrimStart('\uFEFF').Replace("\\ud", "\\ue", StringComparison.OrdinalIgnoreCase);
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(plain), Lenient);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>A member, or an element that has no value when there is none.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    /// <summary>The text of a string, or null when it is none.</summary>
    public static string? AsText(this JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>Every string that it holds, however deep, in the order of the text.</summary>
    public static IEnumerable<string> Strings(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString() ?? ""],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Value.Strings()),
        _ => [],
    };
}
