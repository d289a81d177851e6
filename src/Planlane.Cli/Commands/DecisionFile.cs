using System.Text.Json;
using Planlane.Cli.Dialogue;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Commands;

/// <summary>A review's decision as a JSON file: <c>version</c>, <c>work</c>, <c>approve</c>, <c>reject</c>, <c>comments</c> (each <c>at</c> and <c>text</c>) and <c>viewed</c>. The JSON of a review holds one to begin with.</summary>
internal static class DecisionFile
{
    /// <summary>The version of the form.</summary>
    public const int Version = 1;

    /// <summary>Reads a decision; <c>-</c> is the standard input.</summary>
    /// <exception cref="PlanlaneException">Usage: the file cannot be read or is no decision of this version.</exception>
    public static GivenReview Read(string path)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(path == "-" ? Console.In.ReadToEnd() : File.ReadAllText(path), HandWrittenJson.Options)
                ?? throw new JsonException("The file is null.");
            return document.Version == Version
                ? new GivenReview(document.Approve ?? [], document.Reject ?? [], document.Comments ?? [], document.Viewed ?? [], document.Work)
                : throw new PlanlaneException(FaultKind.Usage, $"'{path}' has version {document.Version}; this program reads version {Version}.");
        }
        catch (JsonException exception)
        {
            throw new PlanlaneException(
                FaultKind.Usage,
                $"'{path}' is not a decision in JSON (line {(exception.LineNumber ?? 0) + 1}): it has other members than version, work, approve, reject, comments and viewed, or values of other types.",
                "Begin with the member \"decision\" of: planlane review RUN --json",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Usage, $"The decision cannot be read: {exception.Message}", "Name a file that is there with --decision.", exception);
        }
    }

    private sealed record Document(
        int Version, string? Work = null, ValueList<string>? Approve = null, ValueList<string>? Reject = null, ValueList<GivenComment>? Comments = null, ValueList<string>? Viewed = null);
}
