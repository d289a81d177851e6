using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>A file as an agent has last read or written it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Blob">What it held then.</param>
public sealed record SeenFile(RepoPath Path, ObjectId Blob)
{
    /// <summary>What was seen before and what was seen since, which wins; at most one a path, by path.</summary>
    public static ValueList<SeenFile> Merged(ValueList<SeenFile> before, ValueList<SeenFile> since) => since switch
    {
        [] => before,
        [var only] when before.Any(file => file.Path == only.Path) => before.ReplaceLast(file => file.Path == only.Path, _ => only),
        _ => before.Where(file => since.All(newer => newer.Path != file.Path)).Concat(since).OrderBy(file => file.Path).ToValueList(),
    };
}
