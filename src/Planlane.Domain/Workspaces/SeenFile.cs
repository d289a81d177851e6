using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>A file as an agent has last read or written it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Blob">What it held then.</param>
public sealed record SeenFile(RepoPath Path, ObjectId Blob)
{
    /// <summary>What was seen before and what was seen since, which wins; at most one a path, by path.</summary>
    public static ValueList<SeenFile> Merged(ValueList<SeenFile> before, ValueList<SeenFile> since) => since.Count == 0
        ? before
        : before.Where(file => since.All(newer => newer.Path != file.Path)).Concat(since).OrderBy(file => file.Path).ToValueList();
}
