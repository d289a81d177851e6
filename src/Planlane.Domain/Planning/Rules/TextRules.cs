using System.Text;
using Planlane.Values;

namespace Planlane.Planning.Rules;

/// <summary>Texts and paths show what they hold.</summary>
internal static class TextRules
{
    private const int LongestCommitMessage = 100, LongestTitle = 200, LongestPath = 500, LongestPart = 255;

    /// <summary>The rules.</summary>
    public static ValueList<PlanRule> All { get; } = [new("text-plain", Plain)];

    private static IEnumerable<Finding> Plain(RuleScene scene) => Unseen(scene.Plan).Concat(Lines(scene.Plan)).Concat(Lengths(scene.Plan));

    private static IEnumerable<Finding> Unseen(Plan plan)
    {
        // Control characters of paths are the business of paths-inside.
        foreach (var (text, at) in PlanTexts.PathsOf(plan))
            if (First(text, letter => !char.IsControl(letter) && (UnseenText.IsControl(letter) || UnseenText.IsZeroWidth(letter))) is { } letter)
                yield return Found("path", text, letter, at);
        foreach (var (text, at) in PlanTexts.NamesOf(plan))
            if (First(text, letter => UnseenText.IsControl(letter) || UnseenText.IsZeroWidth(letter)) is { } letter)
                yield return Found("text", text, letter, at);
        foreach (var (text, at) in PlanTexts.SentencesOf(plan))
            if (First(text, UnseenText.IsControl) is { } letter)
                yield return Found("text", text, letter, at);
        // Contracts may have the line ends of Windows.
        foreach (var (text, at) in PlanTexts.LongOf(plan))
            if (First(text, letter => letter != '\r' && UnseenText.IsControl(letter)) is { } letter)
                yield return Found("text", text, letter, at);
    }

    private static IEnumerable<Finding> Lines(Plan plan)
    {
        foreach (var (place, task) in plan.Tasks.Index())
        {
            if (task.Title.Contains('\n') || task.Title.Length > LongestTitle)
                yield return new($"The title of task '{task.Id}' must be one line of at most {LongestTitle} characters.", $"/tasks/{place}/title");
            if (task.CommitMessage.Contains('\n') || task.CommitMessage.Length > LongestCommitMessage)
                yield return new($"The commit message of task '{task.Id}' must be one line of at most {LongestCommitMessage} characters; it has {task.CommitMessage.Length}.", $"/tasks/{place}/commitMessage");
        }
    }

    private static IEnumerable<Finding> Lengths(Plan plan)
    {
        foreach (var (path, at) in PlanTexts.PathsOf(plan))
            if (path.Length > LongestPath)
                yield return new($"The path '{path[..60]}…' has {path.Length} characters; file systems and tools take at most {LongestPath}. Shorten it.", at);
            else if (path.Split('/').FirstOrDefault(part => Encoding.UTF8.GetByteCount(part) > LongestPart) is { } part)
                yield return new($"The path '{path[..Math.Min(60, path.Length)]}…' has a part of {Encoding.UTF8.GetByteCount(part)} bytes; file systems take at most {LongestPart}. Shorten it.", at);
    }

    private static char? First(string text, Func<char, bool> isUnwanted)
    {
        foreach (var letter in text)
            if (isUnwanted(letter))
                return letter;
        return null;
    }

    private static Finding Found(string what, string text, char letter, string at)
    {
        var around = Math.Max(0, text.IndexOf(letter) - 30);
        return new($"The {what} at {at} has the character U+{(int)letter:X4}, which cannot be seen: '{text.Substring(around, Math.Min(60, text.Length - around))}'. Write it without.", at);
    }
}
