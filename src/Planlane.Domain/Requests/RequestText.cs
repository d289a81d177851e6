using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Reads a request from free text.</summary>
public static partial class RequestText
{
    /// <summary>Finds the goal, the constraints and the split hints of a text.</summary>
    /// <remarks>
    /// A line "Requirements:" or "Split into:" begins a list; its items are the bulleted lines below it, each with the indented lines that follow it, or the
    /// rest of the line, divided at its bullets or else at its commas outside of brackets.
    /// </remarks>
    /// <param name="text">What the user typed; may be empty (see <see cref="RequestRules"/>).</param>
    public static RunRequest Parse(string text)
    {
        List<string> goal = [], constraints = [], hints = [];
        var current = goal;
        var inItem = false;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                current = heading.Groups["split"].Success ? hints : constraints;
                current.AddRange(ItemsOf(heading.Groups["rest"].Value));
            }
            else if (current != goal && Bullet().Match(line) is { Success: true } bullet)
            {
                current.Add(bullet.Groups["item"].Value.Trim());
                inItem = true;
                continue;
            }
            else if (inItem && char.IsWhiteSpace(line.FirstOrDefault()) && !string.IsNullOrWhiteSpace(line))
            {
                current[^1] += " " + line.Trim();
                continue;
            }
            else if (!string.IsNullOrWhiteSpace(line) || current == goal)
            {
                current = goal;
                goal.Add(line);
            }

            inItem = false;
        }

        return new RunRequest(string.Join('\n', goal).Trim(), constraints.ToValueList(), hints.ToValueList());
    }

    private static IEnumerable<string> ItemsOf(string rest) =>
        (rest.Length > 1 && "-–—*•".Contains(rest[0]) && rest[1] == ' ' ? $" {rest}".Split($" {rest[0]} ") : Comma().Split(rest))
            .Select(item => Conjunction().Replace(item.Trim(), "")).Where(item => item.Length > 0);

    [GeneratedRegex(@"^\s*(?:(?<split>split\s+(?:it\s+)?into)|requirements|constraints)\s*:\s*(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*(?:[-–—*•]|\d+[.)])\s+(?<item>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^(?:and|&)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Conjunction();

    [GeneratedRegex(@"[,;](?![^()]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Comma();
}
