using System.Text.Json;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Commands;

/// <summary>A request in a file: text as on the command line, or a JSON object with goal, constraints, splitHints and agents.</summary>
internal static class RequestFile
{
    /// <exception cref="PlanlaneException">The file cannot be read or is no request; kind <see cref="FaultKind.Usage"/>.</exception>
    public static RunRequest Read(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            return text.TrimStart().StartsWith('{') ? OfJson(text) : RequestText.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new PlanlaneException(
                FaultKind.Usage,
                $"'{path}' is not a request in JSON (line {(exception.LineNumber ?? 0) + 1}): it has other members than goal, constraints, splitHints and agents, or values of other types.",
                """Write { "goal": "…", "constraints": ["…"], "splitHints": ["…"], "agents": 4 }, or plain text.""",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Usage, $"The request cannot be read: {exception.Message}", "Name a file that is there with --request.", exception);
        }
    }

    private static RunRequest OfJson(string text)
    {
        var document = JsonSerializer.Deserialize<Document>(text, HandWrittenJson.Options)!;
        return new RunRequest(document.Goal.Trim(), [], []) { Agents = document.Agents }.With(document.Constraints ?? [], document.SplitHints ?? []);
    }

    private sealed record Document(string Goal, ValueList<string>? Constraints = null, ValueList<string>? SplitHints = null, int? Agents = null);
}
