using System.Globalization;
using System.Text.Json;

namespace Planlane.Planning.Documents;

/// <summary>The types of JSON schema.</summary>
internal static class JsonTypes
{
    /// <summary>Whether a value has a type. Numbers must fit the numbers of this program, and a whole number is written without fraction and exponent.</summary>
    public static bool Fits(JsonPart part, string type) => type switch
    {
        "object" => part.Kind == JsonValueKind.Object,
        "array" => part.Kind == JsonValueKind.Array,
        "string" => part.Kind == JsonValueKind.String,
        "boolean" => part.Kind is JsonValueKind.True or JsonValueKind.False,
        "integer" => part.Kind == JsonValueKind.Number && int.TryParse(part.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "number" => part.Kind == JsonValueKind.Number && double.IsFinite(double.Parse(part.Text, CultureInfo.InvariantCulture)),
        _ => part.Kind == JsonValueKind.Null,
    };

    /// <summary>A type in a sentence.</summary>
    public static string Words(string type) => type switch
    {
        "object" => "an object",
        "array" => "an array",
        "string" => "a string",
        "boolean" => "true or false",
        "integer" => "a whole number of at most 2147483647",
        "number" => "a number",
        _ => "null",
    };

    /// <summary>A value's own type in a sentence.</summary>
    public static string Words(JsonPart part) => part.Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => part.Text.Length <= 30 ? part.Text : "a number so large",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };
}
