using System.Text.Json;
using System.Text.RegularExpressions;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Scripting;

/// <summary>What a conversation shows of an agent's work: its calls with their results, and the feedback it was given.</summary>
internal sealed partial record AgentMemory(IReadOnlyList<PastCall> Calls, IReadOnlyList<string> Feedback, string? Latest)
{
    public static AgentMemory Of(IReadOnlyList<Turn> turns)
    {
        var results = turns.SelectMany(turn => turn.Blocks).OfType<ContentBlock.ToolResult>().ToDictionary(result => result.ToolUseId);
        var calls = turns.SelectMany(turn => turn.Blocks).OfType<ContentBlock.ToolUse>()
            .Select(use => new PastCall(use.Name, use.Input, results.GetValueOrDefault(use.Id))).ToList();
        var feedback = turns.Skip(1).Where(turn => turn.IsUser).Select(Kinds).ToList();
        return new AgentMemory(calls, [.. feedback.SelectMany(kinds => kinds)], feedback.LastOrDefault()?.LastOrDefault());
    }

    public bool Was(string kind) => Feedback.Contains(kind);

    /// <summary>What the last successful write of a file held; null when there was none.</summary>
    public string? Written(string path) => Calls.LastOrDefault(call => call.Succeeded && call.Name == "write_file" && call.Path == path)?.Text("content");

    private static List<string> Kinds(Turn turn) =>
        [.. turn.Blocks.Select(block => block switch
        {
            ContentBlock.Text text => text.Value,
            ContentBlock.ToolResult result => result.Value,
            _ => "",
        }).SelectMany(text => FeedbackTag().Matches(text)).Select(match => match.Groups[1].Value)];

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
