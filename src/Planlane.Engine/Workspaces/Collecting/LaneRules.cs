using Planlane.Values;

namespace Planlane.Workspaces.Collecting;

/// <summary>Which of the differences that a command made become part of the agent's work.</summary>
internal static class LaneRules
{
    /// <summary>Those in the lane that a tree can hold together with what is left as it was.</summary>
    /// <remarks>Refused are paths that no tree may have, two spellings of one name, a file where a folder stays, and something below a file that stays.</remarks>
    public static HashSet<Finding> Kept(IReadOnlyList<Finding> differing, TreeView tree, Ownership lane)
    {
        var kept = differing.Where(finding => finding.IsAcceptable && finding.Path.Problem is null && lane.Includes(finding.Path)).ToHashSet();
        var deleted = kept.Where(finding => finding.Found is null).Select(finding => finding.Path).ToHashSet();
        var added = kept.Where(finding => finding is { Found: not null, Wanted: null }).OrderBy(finding => finding.Path).ToList();
        if (added.Count == 0)
            return kept;

        var names = new NameIndex(tree, deleted);
        foreach (var finding in added)
        {
            if (names.HasTwin(finding.Path) || tree.Below(finding.Path).Any(below => !deleted.Contains(below)) || IsBelowAFile(finding.Path, tree, deleted))
                kept.Remove(finding);
            else
                names.Add(finding.Path);
        }

        return kept;
    }

    private static bool IsBelowAFile(RepoPath path, TreeView tree, HashSet<RepoPath> deleted)
    {
        for (var folder = new RepoPath(path.Folder); folder.Value.Length > 0; folder = new RepoPath(folder.Folder))
            if (tree.Find(folder) is not null && !deleted.Contains(folder))
                return true;
        return false;
    }
}
