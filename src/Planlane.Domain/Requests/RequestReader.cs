using System.Text.RegularExpressions;

namespace Planlane.Requests;

/// <summary>Takes the lines of a request one after another, and sorts them into the goal and the two lists.</summary>
internal sealed partial class RequestReader
{
    private readonly List<string> _goal = [];
    private readonly List<string> _constraints = [];
    private readonly List<string> _hints = [];
    private List<string>? _list;
    private int? _level;
    private bool _isInItem;
    private bool _isSection;
    private bool _isFenced;

    /// <summary>What was read so far.</summary>
    public RunRequest Request => new RunRequest(string.Join('\n', _goal).Trim(), [], []).With(_constraints, _hints);

    /// <summary>Takes the next line.</summary>
    public void Read(string line)
    {
        var isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
        if (isFence || _isFenced)
        {
            // Code is shown, not asked for: what looks like a list in it is none.
            _isFenced ^= isFence;
            ToGoal(line);
        }
        else if (RequestHeadings.TryRead(line, out var isSplit, out var rest))
        {
            Begin(isSplit ? _hints : _constraints, rest);
            _isSection = RequestHeadings.IsMarkdown(line);
        }
        else if (_list is null || RequestHeadings.IsMarkdown(line))
        {
            ToGoal(line);
        }
        else
        {
            ReadBelowHeading(line);
        }
    }

    private void Begin(List<string> list, string rest)
    {
        (_list, _level, _isInItem) = (list, null, false);
        list.AddRange(InlineItems.Of(rest));
    }

    private void ReadBelowHeading(string line)
    {
        var indent = line.Length - line.TrimStart().Length;
        if (string.IsNullOrWhiteSpace(line))
            _isInItem = false;
        else if (Bullet().Match(line) is { Success: true } bullet)
            Take(bullet.Groups["item"].Value.Trim(), indent);
        else if (_isInItem && indent > _level)
            _list![^1] += " " + line.Trim();
        else if (_isSection)
            Aside(line);
        else
            ToGoal(line);
    }

    // A Markdown section goes on behind a paragraph of prose.
    private void Aside(string line)
    {
        _goal.Add(line);
        _isInItem = false;
    }

    // A bullet that stands further in than the list's own belongs to the item above it.
    private void Take(string item, int indent)
    {
        if (_level is { } level && indent > level + 1)
        {
            _list![^1] += (_list[^1].EndsWith(':') ? " " : "; ") + item;
        }
        else
        {
            _list!.Add(item);
            _level = indent;
        }

        _isInItem = true;
    }

    private void ToGoal(string line)
    {
        (_list, _level, _isInItem) = (null, null, false);
        _goal.Add(line);
    }

    [GeneratedRegex(@"^\s*(?:[-–—*•]|\d+[.)])\s+(?:\[[ xX]\]\s+)?(?<item>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();
}
