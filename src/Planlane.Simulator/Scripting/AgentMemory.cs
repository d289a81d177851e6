using System.Text.Json;
using System.Text.RegularExpressions;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Scripting;

/// <summary>What a conversation shows of an agent's work: its calls with their results, and the feedback it was given.</summary>
internal sealed partial record AgentMemory(IReadOnlyList<PastCall> Calls, IReadOnlyList<string> Feedback, string? Latest)
{
    /// <summary>What another agent has left of the task's files, by path; empty unless the conversation takes a task over.</summary>
    public IReadOnlyDictionary<string, string> Found { get; private init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static AgentMemory Of(IReadOnlyList<Turn> turns)
    {
        var results = turns.SelectMany(turn => turn.Blocks).OfType<ContentBlock.ToolResult>().ToDictionary(result => result.ToolUseId);
        var calls = turns.SelectMany(turn => turn.Blocks).OfType<ContentBlock.ToolUse>()
            .Select(use => new PastCall(use.Name, use.Input, results.GetValueOrDefault(use.Id))).ToList();
        var opening = turns[0].Blocks.OfType<ContentBlock.Text>().ToList();
        var feedback = turns.Skip(1).Where(turn => turn.IsUser).Select(Kinds).Prepend([.. opening.Where(text => text.Value.StartsWith("<feedback", StringComparison.Ordinal)).SelectMany(text => KindsIn(text.Value))]).ToList();
        return new AgentMemory(calls, [.. feedback.SelectMany(kinds => kinds)], feedback[^1].LastOrDefault())
        {
            Found = opening.SelectMany(text => SoFar().Matches(text.Value)).SelectMany(found => FileForm().Matches(found.Value)).ToDictionary(file => file.Groups[1].Value, file => file.Groups[2].Value, StringComparer.Ordinal),
        };
    }

    public bool Was(string kind) => Feedback.Contains(kind);

    /// <summary>What the last successful write of a file held, or the file that was found; null when there was neither.</summary>
    public string? Written(string path) => Calls.LastOrDefault(call => call.Succeeded && call.Name == "write_file" && call.Path == path)?.Text("content") ?? Found.GetValueOrDefault(path);

    private static List<string> Kinds(Turn turn) =>
        [.. turn.Blocks.Select(block => block switch
        {
            ContentBlock.Text text => text.Value,
            ContentBlock.ToolResult result => result.Value,
            _ => "",
        }).SelectMany(KindsIn)];

    private static IEnumerable<string> KindsIn(string text) => FeedbackTag().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex("<so-far>\n.*</so-far>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex SoFar();

    [GeneratedRegex("<file path=\"([^\"]+)\">\n(.*?)</file>\n", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex FileForm();

    [GeneratedRegex("<feedback kind=\"(check|review|incomplete|nochange|loop)\"", RegexOptions.CultureInvariant)]
    private static partial Regex FeedbackTag();
}

/// <summary>A call that the agent made, and its result if one is known.</summary>
internal sealed record PastCall(string Name, JsonElement Input, ContentBlock.ToolResult? Result)
{
    public string? Path => Text("path");

    public bool Succeeded => Result is { IsError: false };

    public bool Refused => Result is { IsError: true };

    public string? Text(string name) => RequestReader.Text(Input, name);

    public IEnumerable<string?> Texts(string name) => Items(name).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : null);

    public IEnumerable<(string? Old, string? New)> Edits => Items("edits").Select(item => (RequestReader.Text(item, "old_text"), RequestReader.Text(item, "new_text")));

    private IEnumerable<JsonElement> Items(string name) =>
        Input.ValueKind == JsonValueKind.Object && Input.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
