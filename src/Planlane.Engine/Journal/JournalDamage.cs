using System.Text.Json;
using Planlane.Runs;

namespace Planlane.Journal;

/// <summary>Says what is wrong with a line of a journal.</summary>
internal static class JournalDamage
{
    /// <summary>The fault of a line that cannot be used.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="number">The line's number, from 1; its event must have the same.</param>
    /// <param name="start">Where it begins, in bytes.</param>
    /// <param name="line">The line.</param>
    /// <param name="recorded">Its event, when it could be read.</param>
    public static PlanlaneException Of(string path, long number, long start, ReadOnlySpan<byte> line, RecordedEvent? recorded) =>
        recorded is null && NewerEventIn(line) is { } name
            ? new PlanlaneException(FaultKind.Failed, $"The run was made by a newer planlane: line {number} of its journal holds '{name}', which this version does not know.", "Use the version that made the run, or a newer one.")
            : new PlanlaneException(
                FaultKind.Failed,
                $"Line {number} of the run's journal is damaged: {(recorded is null ? "it is no event" : $"it holds event {recorded.Sequence}, so lines are missing or doubled")}. Nothing was changed. The line begins at byte {start} of {path}.",
                $"Take the file from a backup. Without one, go on from the last whole event before, and pay again for the answers after it: cp '{path}' '{path}.damaged' && truncate -s {start} '{path}'");

    // A whole line of the right form whose event this version cannot read. What is damaged by a crash is not well-formed.
    private static string? NewerEventIn(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("sequence", out var sequence) && sequence.ValueKind is JsonValueKind.Number
                && root.TryGetProperty("event", out var happened) && happened.ValueKind is JsonValueKind.Object
                && happened.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String
                && reader.BytesConsumed == line.Length
                ? type.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
