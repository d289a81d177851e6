using System.Text.Json.Serialization;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>A path, or a pattern of paths: <c>*</c> and <c>?</c> within a part, <c>**</c> for any number of parts; a trailing <c>/</c> means all below.</summary>
/// <remarks>
/// Letter case and the form of accented letters are ignored, as two paths that differ in nothing else are one file on many systems; what exactly is folded
/// says <see cref="RepoPath.IsSameFileAs"/>. A <c>?</c> stands for one UTF-16 unit of the composed text.
/// </remarks>
[JsonConverter(typeof(TextJson<Glob>))]
public readonly record struct Glob(string Value) : IText<Glob>
{
    /// <summary>Whether more than one path can match.</summary>
    public bool HasWildcard => Value.Contains('*') || Value.Contains('?') || Value.EndsWith('/');

    /// <summary>Why this is not a pattern that a task may own, or null when it is one.</summary>
    public string? Problem => new RepoPath(Value.EndsWith('/') && Value.Length > 1 ? Value[..^1] : Value).Problem;

    /// <summary>The folder, or for a plain path the path itself, that all matching paths lie in or are: the parts before the first wildcard, as they are written.</summary>
    public string Beginning => string.Join('/', Value.TrimEnd('/').Split('/').TakeWhile(part => !part.Contains('*') && !part.Contains('?')));

    /// <inheritdoc />
    public static Glob Of(string value) => new(value);

    /// <summary>A path that matches both patterns, written as the first one writes it where it says so; null when there is none.</summary>
    /// <remarks>Computed on the patterns, whatever files exist; time grows with the product of their lengths.</remarks>
    public static RepoPath? Meeting(Glob left, Glob right) =>
        PathPattern.Of(left).Meeting(PathPattern.Of(right)) is { } path ? new RepoPath(path) : null;

    /// <summary>Whether a path matches.</summary>
    public bool Matches(RepoPath path) => PathPattern.Of(this).Meets(PathPattern.Of(path));

    /// <summary>Whether some path could match both patterns; computed on the patterns, whatever files exist.</summary>
    public bool Intersects(Glob other) => PathPattern.Of(this).Meets(PathPattern.Of(other));

    /// <inheritdoc />
    public override string ToString() => Value;
}
