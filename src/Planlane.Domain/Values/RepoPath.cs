using System.Text.Json.Serialization;

namespace Planlane.Values;

/// <summary>A path inside the repository: relative to its root, with <c>/</c> between the parts, compared by ordinal.</summary>
/// <remarks>Any text can be held, as it may come from a model; <see cref="Problem"/> tells why one is not acceptable.</remarks>
[JsonConverter(typeof(TextJson<RepoPath>))]
public readonly record struct RepoPath(string Value) : IText<RepoPath>, IComparable<RepoPath>
{
    /// <summary>The last part of the path.</summary>
    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>The folder that holds the path; empty at the root.</summary>
    public string Folder => Value.LastIndexOf('/') is var at and >= 0 ? Value[..at] : "";

    /// <summary>Why this is not a path that a task may name, or null when it is one.</summary>
    public string? Problem => Value switch
    {
        "" => "is empty",
        _ when Value.Contains('\\') => "contains a backslash; use /",
        _ when Value.Any(letter => char.IsControl(letter) || UnseenText.IsControl(letter)) => "contains a control character",
        _ when Value.StartsWith('/') || (Value.Length > 1 && Value[1] == ':') => "is absolute; name it from the repository's root",
        _ when Value.Split('/').Any(part => part is "" or "." or "..") => "contains an empty, '.' or '..' part",
        _ when Value.Split('/').Any(IsGitFolder) => "lies in a .git folder",
        _ => null,
    };

    /// <inheritdoc />
    public static RepoPath Of(string value) => new(value);

    /// <inheritdoc />
    public int CompareTo(RepoPath other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;

    /// <summary>What all spellings of one file have in common, as <see cref="IsSameFileAs"/> compares them: no path, but a key to look up by.</summary>
    public string SpellingKey => Spelling.Key(Value);

    /// <summary>Whether the two can be one file: they differ in nothing, or only in letter case and in the form of accented letters.</summary>
    public bool IsSameFileAs(RepoPath other) => Spelling.AreOne(Value, other.Value);

    // The names that Windows and macOS resolve to .git: its 8.3 name, a stream of it, trailing dots and spaces, and characters without a width among the letters.
    private static bool IsGitFolder(string part) => UnseenText.Without(part).Split(':')[0].TrimEnd('.', ' ').ToUpperInvariant() is ".GIT" or "GIT~1";
}
