using System.Text.Json;
using Planlane.Agents;
using Planlane.Values;

namespace Planlane.Reports;

/// <summary>What an agent names as evidence for a criterion; a claim, until what was measured bears it out.</summary>
/// <param name="Criterion">The criterion's number, from 1.</param>
/// <param name="Test">The name of a test that passes, or null.</param>
/// <param name="File">A file, or null.</param>
/// <param name="Command">A command that it ran and that succeeded, or null.</param>
public sealed record EvidenceClaim(int Criterion, string? Test, string? File, string? Command)
{
    private const int MostClaims = 100;

    /// <summary>The member <c>evidence</c> of a call of <c>finish</c>; what is not of its form is left out.</summary>
    public static ValueList<EvidenceClaim> Read(AnswerBlock.ToolCall? finish)
    {
        if (finish is null)
            return [];
        try
        {
            using var input = JsonDocument.Parse(finish.Input);
            return input.RootElement.ValueKind == JsonValueKind.Object && input.RootElement.TryGetProperty("evidence", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Take(MostClaims).Select(Of).OfType<EvidenceClaim>().ToValueList()
                : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What a model wrote is in the journal already; it is no evidence when it cannot be read.
            return [];
        }
    }

    private static EvidenceClaim? Of(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("criterion", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var criterion)
            ? new EvidenceClaim(criterion, Text(item, "test"), Text(item, "file"), Text(item, "command"))
            : null;

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text ? text : null;
}
