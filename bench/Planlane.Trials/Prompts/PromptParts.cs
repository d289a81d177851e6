using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Planlane.Trials.Prompts;

/// <summary>The bytes of one request of an agent, by what they are for, and why the request was made.</summary>
/// <param name="Why">One of <see cref="Reasons"/>.</param>
/// <param name="Bytes">UTF-8 bytes by part; the framing of JSON is in none.</param>
internal sealed partial record PromptParts(string Why, IReadOnlyDictionary<string, int> Bytes)
{
    public static IReadOnlyList<string> Names { get; } = ["rules", "tools", "request", "plan", "contracts", "instructions, list", "files shared", "brief", "files own", "transcript", "said"];

    public static IReadOnlyList<string> Reasons { get; } = ["first", "goes on", "repair", "of the whole", "escalation", "kept warm"];

    /// <summary>The parts of a request body, as the API gets it.</summary>
    /// <param name="body">The JSON.</param>
    /// <param name="isLarge">Whether the planner's model is asked.</param>
    public static PromptParts Of(string body, bool isLarge)
    {
        using var document = JsonDocument.Parse(body);
        var (root, bytes) = (document.RootElement, Names.ToDictionary(name => name, _ => 0));
        bytes["rules"] = root.GetProperty("system").EnumerateArray().Sum(block => Size(block.GetProperty("text").GetString()!));
        bytes["tools"] = root.TryGetProperty("tools", out var tools) ? tools.EnumerateArray().Sum(tool => Size(tool.GetRawText())) : 0;
        var messages = root.GetProperty("messages").EnumerateArray().ToList();
        var opening = messages[0].GetProperty("content").EnumerateArray().Select(block => block.GetProperty("text").GetString()!).ToList();
        foreach (var text in opening)
            Take(text, bytes);
        var last = "";
        foreach (var message in messages.Skip(1))
            foreach (var block in message.GetProperty("content").EnumerateArray())
            {
                last = block.GetRawText();
                bytes[last.Contains("<feedback", StringComparison.Ordinal) || last.Contains("\\u003Cfeedback", StringComparison.OrdinalIgnoreCase) ? "said" : "transcript"] += Size(last);
            }

        return new PromptParts(WhyOf(root, opening, last, messages.Count, isLarge), bytes);
    }

    private static string WhyOf(JsonElement root, List<string> opening, string last, int messages, bool isLarge) =>
        root.GetProperty("max_tokens").GetInt32() == 0 ? "kept warm"
        : isLarge ? "escalation"
        : last.Contains("This is the work of all tasks together", StringComparison.Ordinal) || opening.Exists(text => text.Contains("This is the work of all tasks together", StringComparison.Ordinal)) ? "of the whole"
        : messages == 1 ? "first"
        : last.Contains("feedback kind", StringComparison.Ordinal) ? "repair" : "goes on";

    private static void Take(string text, Dictionary<string, int> bytes)
    {
        if (text.StartsWith("<feedback", StringComparison.Ordinal))
        {
            bytes["said"] += Size(text);
            return;
        }

        var isShared = text.StartsWith("<shared>", StringComparison.Ordinal);
        var left = text;
        foreach (var (name, form) in new[] { ("contracts", Contract()), (isShared ? "files shared" : "files own", FileForm()), ("request", Request()), ("plan", Plan()) })
            left = form.Replace(left, match =>
            {
                bytes[name] += Size(match.Value);
                return "";
            });
        bytes[isShared ? "instructions, list" : "brief"] += Size(left);
    }

    private static int Size(string text) => Encoding.UTF8.GetByteCount(text);

    [GeneratedRegex("<contract path=.*?</contract>\n", RegexOptions.Singleline)]
    private static partial Regex Contract();

    [GeneratedRegex("<file path=.*?</file>\n", RegexOptions.Singleline)]
    private static partial Regex FileForm();

    [GeneratedRegex("<request>.*?</request>\n", RegexOptions.Singleline)]
    private static partial Regex Request();

    [GeneratedRegex("<plan>.*?</plan>\n", RegexOptions.Singleline)]
    private static partial Regex Plan();
}
