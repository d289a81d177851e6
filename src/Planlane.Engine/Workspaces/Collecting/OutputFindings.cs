using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Collecting;

/// <summary>What in a workspace is nobody's change.</summary>
/// <param name="Ignored">What else git ignores.</param>
/// <param name="Named">What lies in a folder that is named like one of build outputs, with that folder.</param>
internal sealed record OutputFindings(IReadOnlyList<Finding> Ignored, IReadOnlyList<(Finding Finding, RepoPath Folder)> Named)
{
    /// <summary>All of it.</summary>
    public IEnumerable<Finding> Findings => Ignored.Concat(Named.Select(named => named.Finding));

    /// <summary>What lies in a named folder and in a lane, and was written since an earlier look: it may have been meant as work.</summary>
    public IReadOnlyList<(RepoPath Path, RepoPath Folder)> WrittenIn(Ownership? lane, IReadOnlyDictionary<RepoPath, EntryStat> before) => lane is null ? [] :
    [
        .. Named.Where(named => named.Finding.Entry is { } entry && lane.Includes(named.Finding.Path) && !(before.TryGetValue(named.Finding.Path, out var earlier) && entry.IsUnchangedFrom(earlier)))
            .Select(named => (named.Finding.Path, named.Folder)),
    ];
}
