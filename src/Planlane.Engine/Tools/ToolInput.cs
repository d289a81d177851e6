using System.Text.Json;

namespace Planlane.Tools;

/// <summary>Reads arguments that a model wrote.</summary>
public static class ToolInput
{
    /// <summary>A member that is text; null when it is missing, something else, or no valid Unicode.</summary>
    public static string? Text(this JsonElement input, string name)
    {
        try
        {
            return input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as an escape in the JSON.
            return null;
        }
    }

    /// <summary>The refusal of a call that lacks a member.</summary>
    public static ToolAnswer Missing(params IEnumerable<string> names) => ToolAnswer.Refused($"The call lacks {string.Join(" or ", names)} (text). Call it again with all arguments.");

    /// <summary>A path without what models like to put before it.</summary>
    public static Values.RepoPath PathOf(string text) => new(text.Trim() is ['.', '/', .. var rest] ? rest : text.Trim());
}
