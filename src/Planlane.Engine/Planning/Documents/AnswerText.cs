namespace Planlane.Planning.Documents;

/// <summary>Takes the one JSON object out of a planner's answer.</summary>
internal static class AnswerText
{
    private const string Fence = "```";
    private const int MostQuoted = 40;

    /// <summary>Takes the object: the answer is that object, or a fenced block that is, with white space around. Words beside it refuse the answer, as nobody can say what they meant to change.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="json">The text that begins with the object; whether it is JSON is not known yet.</param>
    /// <param name="reason">Why there is none, as the planner reads it; else empty.</param>
    public static bool TryTake(string answer, out string json, out string reason)
    {
        (json, reason) = (answer.Trim(), "");
        if (json.StartsWith(Fence, StringComparison.Ordinal))
        {
            var end = json.LastIndexOf("\n" + Fence, StringComparison.Ordinal);
            var begin = json.IndexOf('\n', StringComparison.Ordinal);
            json = begin >= 0 && end > begin && json[(end + 1)..].Trim() == Fence ? json[(begin + 1)..end].Trim() : json;
        }

        if (json.Length == 0)
            reason = "The answer is empty; answer with the plan document.";
        else if (json[0] != '{')
            reason = $"The answer is not the plan document alone: it begins with \"{Start(json)}\". Answer with the document and nothing else.";
        return reason.Length == 0;
    }

    private static string Start(string text) => text.Length <= MostQuoted ? text : $"{text[..MostQuoted]}…";
}
