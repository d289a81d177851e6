using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Planning.Rules;

/// <summary>No two agents that can work at the same time write one path, and nobody writes what is not theirs.</summary>
internal static class LaneRules
{
    // One pattern may take a folder with over half of the files only when they are few.
    private const int SmallTree = 50;

    /// <summary>The rules.</summary>
    public static ValueList<PlanRule> All { get; } =
    [
        new("lanes-disjoint", scene => Meetings(scene).Concat(Clashes(scene))), new("lane-narrow", Narrow), new("contracts-unowned", Unowned),
        new("contracts-unique", Unique), new("uncommitted-kept", Kept),
    ];

    private static IEnumerable<Finding> Meetings(RuleScene scene)
    {
        foreach (var (first, second, path) in scene.Lanes.Meetings(scene.Order.AreTogether))
            yield return new(
                $"Tasks '{scene.IdOf(first.Task)}' and '{scene.IdOf(second.Task)}' can run together and both own '{first.Glob}'{(first.Glob == second.Glob ? "" : $" / '{second.Glob}'")}"
                + $"{(first.Glob.HasWildcard || second.Glob.HasWildcard ? $" (such as '{path}')" : "")}; give it to one of them, or make one depend on the other.",
                $"/tasks/{second.Task}/owns/{second.Index}");
    }

    // A path that is named as a file and as a folder, by whomever.
    private static IEnumerable<Finding> Clashes(RuleScene scene)
    {
        var named = scene.Written().Where(written => !new Glob(written.Path).HasWildcard).ToList();
        var files = new Dictionary<string, NamedPath>();
        foreach (var path in named)
            files.TryAdd(Spelling.Key(path.Path), path);
        foreach (var below in named)
            for (var folder = new RepoPath(Spelling.Key(below.Path)).Folder; folder.Length > 0; folder = new RepoPath(folder).Folder)
                if (files.TryGetValue(folder, out var file) && !MovesAway(scene, file, below))
                    yield return new($"'{file.Path}' is named as a file, but '{below.Path}' lies below it; name the folder's files, or end a folder with '/'.", below.At);
    }

    private static bool MovesAway(RuleScene scene, NamedPath file, NamedPath below) =>
        file.Task is { } mover && below.Task is { } writer && scene.Order.Sees(writer, mover) && scene.Plan.Tasks[mover].Moves.Any(move => move.From.Value == file.Path);

    private static IEnumerable<Finding> Narrow(RuleScene scene)
    {
        if (scene.Plan.Tasks.Count < 2)
            yield break;
        foreach (var item in scene.Lanes.Items.Where(item => item.Glob.HasWildcard))
        {
            var behind = item.Glob.Value[item.Glob.Beginning.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (!behind.All(part => part.All(letter => letter is '*' or '?')))
                continue;
            var isAny = item.Beginning.Length == 0;
            if (isAny || (scene.Facts.Files.Count > SmallTree && scene.Tree.CountBelow(item.Glob.Beginning) * 2 > scene.Facts.Files.Count))
                yield return new($"Task '{scene.IdOf(item.Task)}' owns '{item.Glob}', which matches {(isAny ? "everything" : "most of the repository")}; name the folders or files that it writes.", $"/tasks/{item.Task}/owns/{item.Index}");
        }
    }

    private static IEnumerable<Finding> Unowned(RuleScene scene)
    {
        foreach (var contract in scene.Plan.Contracts)
            foreach (var item in scene.Lanes.OwnersOf(contract.Path))
                yield return new($"Task '{scene.IdOf(item.Task)}' owns the contract '{contract.Path}'; a contract belongs to no task. Take it out of the lane, or let it be no contract.", $"/tasks/{item.Task}/owns/{item.Index}");
    }

    private static IEnumerable<Finding> Unique(RuleScene scene) =>
        scene.Plan.Contracts.Index().GroupBy(contract => Spelling.Key(contract.Item.Path.Value)).Where(group => group.Count() > 1)
            .Select(group => new Finding($"The contract '{group.First().Item.Path}' is given {group.Count()} times; keep one.", $"/contracts/{group.ElementAt(1).Index}/path"));

    private static IEnumerable<Finding> Kept(RuleScene scene)
    {
        foreach (var path in scene.Facts.Protected)
        {
            foreach (var item in scene.Lanes.OwnersOf(path).Where(item => !IsWholeOfSingle(scene, item)))
                yield return new($"Task '{scene.IdOf(item.Task)}' owns '{path}', which has uncommitted changes of the user; leave it alone.", $"/tasks/{item.Task}/owns/{item.Index}");
            foreach (var (index, contract) in scene.Plan.Contracts.Index())
                if (contract.Path.IsSameFileAs(path))
                    yield return new($"A contract would replace '{path}', which has uncommitted changes of the user; choose another path.", $"/contracts/{index}/path");
        }
    }

    // One agent alone has the whole repository as its lane; each write to such a file is refused instead.
    private static bool IsWholeOfSingle(RuleScene scene, LaneItem item) => scene.Plan.Tasks.Count == 1 && item.Glob.Value == "**";
}
