using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Reads a request from free text.</summary>
public static partial class RequestText
{
    /// <summary>Finds the goal, the constraints and the split hints of a text.</summary>
    /// <remarks>A line "Requirements:" or "Split into:" begins a list; its items are the bulleted lines below it, or the comma-separated rest of the line.</remarks>
    /// <param name="text">What the user typed; may be empty (see <see cref="RequestRules"/>).</param>
    public static RunRequest Parse(string text)
    {
        List<string> goal = [], constraints = [], hints = [];
        var current = goal;
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
            }
            else if (!string.IsNullOrWhiteSpace(line) || current == goal)
            {
                current = goal;
                goal.Add(line);
            }
        }

        return new RunRequest(string.Join('\n', goal).Trim(), constraints.ToValueList(), hints.ToValueList());
    }

    private static IEnumerable<string> ItemsOf(string rest) => rest.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"^\s*(?:(?<split>split\s+(?:it\s+)?into)|requirements|constraints)\s*:\s*(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*(?:[-–—*•]|\d+[.)])\s+(?<item>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();
}
