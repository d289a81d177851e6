using System.Text.Json.Serialization;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>A path, or a pattern of paths: <c>*</c> and <c>?</c> within a part, <c>**</c> for any number of parts; a trailing <c>/</c> means all below.</summary>
/// <remarks>Letter case is ignored, as two paths that differ only in case are one file on many systems.</remarks>
[JsonConverter(typeof(TextJson<Glob>))]
public readonly record struct Glob(string Value) : IText<Glob>
{
    /// <summary>Whether more than one path can match.</summary>
    public bool HasWildcard => Value.Contains('*') || Value.Contains('?') || Value.EndsWith('/');

    /// <summary>Why this is not a pattern that a task may own, or null when it is one.</summary>
    public string? Problem => new RepoPath(Value.EndsWith('/') && Value.Length > 1 ? Value[..^1] : Value).Problem;

    private string[] Parts => (Value.EndsWith('/') ? Value + "**" : Value).ToUpperInvariant().Split('/');

    /// <inheritdoc />
    public static Glob Of(string value) => new(value);

    /// <summary>Whether a path matches.</summary>
    public bool Matches(RepoPath path) => PartsMeet(Parts, Escaped(path));

    /// <summary>Whether some path could match both patterns; computed on the patterns, whatever files exist.</summary>
    public bool Intersects(Glob other) => PartsMeet(Parts, other.Parts);

    /// <inheritdoc />
    public override string ToString() => Value;

    // A path's own '*' and '?' are letters; neither can stand in a pattern's part as a letter, so any other control letter will do.
    private static string[] Escaped(RepoPath path) => path.Value.Replace('*', '\u0001').Replace('?', '\u0002').ToUpperInvariant().Split('/');

    private static bool PartsMeet(string[] left, string[] right) =>
        Meet(left.Length, right.Length, i => left[i] == "**", j => right[j] == "**", (i, j) => LettersMeet(left[i], right[j]));

    private static bool LettersMeet(string left, string right) =>
        Meet(left.Length, right.Length, i => left[i] == '*', j => right[j] == '*', (i, j) => left[i] == right[j] || left[i] == '?' || right[j] == '?');

    // Whether two sequences with stars have a common reading. A table from the ends, as plain recursion takes exponential time on many stars:
    // row[j] says it of the left sequence from i on and the right one from j on. A star reads nothing, or what the other sequence has next.
    private static bool Meet(int left, int right, Func<int, bool> isLeftStar, Func<int, bool> isRightStar, Func<int, int, bool> areAlike)
    {
        var below = new bool[right + 1];
        for (var i = left; i >= 0; i--)
        {
            var row = new bool[right + 1];
            for (var j = right; j >= 0; j--)
            {
                var (dropLeft, dropRight) = (i < left && below[j], j < right && row[j + 1]);
                row[j] = (i == left && j == right)
                    || (i < left && isLeftStar(i) && (dropLeft || dropRight))
                    || (j < right && isRightStar(j) && (dropLeft || dropRight))
                    || (i < left && j < right && below[j + 1] && areAlike(i, j));
            }

            below = row;
        }

        return below[0];
    }
}
