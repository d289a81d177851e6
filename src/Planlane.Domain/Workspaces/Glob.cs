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
    public bool Matches(RepoPath path) => PartsMeet(Parts, Escaped(path), 0, 0);

    /// <summary>Whether some path could match both patterns; computed on the patterns, whatever files exist.</summary>
    public bool Intersects(Glob other) => PartsMeet(Parts, other.Parts, 0, 0);

    /// <inheritdoc />
    public override string ToString() => Value;

    // A path's own '*' and '?' are letters; neither can stand in a pattern's part as a letter, so any other control letter will do.
    private static string[] Escaped(RepoPath path) => path.Value.Replace('*', '\u0001').Replace('?', '\u0002').ToUpperInvariant().Split('/');

    private static bool PartsMeet(string[] left, string[] right, int i, int j)
    {
        if (i == left.Length && j == right.Length)
            return true;
        if (i < left.Length && left[i] == "**")
            return PartsMeet(left, right, i + 1, j) || (j < right.Length && PartsMeet(left, right, right[j] == "**" ? i + 1 : i, j + 1));
        if (j < right.Length && right[j] == "**")
            return PartsMeet(left, right, i, j + 1) || (i < left.Length && PartsMeet(left, right, i + 1, j));
        return i < left.Length && j < right.Length && LettersMeet(left[i], right[j], 0, 0) && PartsMeet(left, right, i + 1, j + 1);
    }

    private static bool LettersMeet(string left, string right, int i, int j)
    {
        if (i == left.Length && j == right.Length)
            return true;
        if (i < left.Length && left[i] == '*')
            return LettersMeet(left, right, i + 1, j) || (j < right.Length && LettersMeet(left, right, right[j] == '*' ? i + 1 : i, j + 1));
        if (j < right.Length && right[j] == '*')
            return LettersMeet(left, right, i, j + 1) || (i < left.Length && LettersMeet(left, right, i + 1, j));
        return i < left.Length && j < right.Length && (left[i] == right[j] || left[i] == '?' || right[j] == '?')
            && LettersMeet(left, right, i + 1, j + 1);
    }
}
