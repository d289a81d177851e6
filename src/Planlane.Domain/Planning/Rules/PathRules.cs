using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Planning.Rules;

/// <summary>Paths lie in the repository, and name there what they seem to name.</summary>
internal static class PathRules
{
    /// <summary>The rules.</summary>
    public static ValueList<PlanRule> All { get; } = [new("paths-inside", Inside), new("case-collides", Spelled), new("file-or-folder", FileOrFolder), new("no-symlinks", Links)];

    private static IEnumerable<Finding> Inside(RuleScene scene)
    {
        foreach (var (place, task) in scene.Plan.Tasks.Index())
            foreach (var (index, glob) in task.Owns.Paths.Index())
                if (glob.Problem is { } problem)
                    yield return new($"Task '{task.Id}' owns '{glob}', which {problem}.", $"/tasks/{place}/owns/{index}");
        foreach (var (path, at) in PlanTexts.PathsOf(scene.Plan).Where(text => !text.At.Contains("/owns/", StringComparison.Ordinal)))
            if (new RepoPath(path).Problem is { } problem)
                yield return new($"The path '{path}' {problem}.", at);
    }

    // On Linux a folder of another letter case is a second folder; on most of Windows and macOS it is the first one.
    private static IEnumerable<Finding> Spelled(RuleScene scene)
    {
        var planned = new Dictionary<string, string>();
        var renamed = scene.Plan.Tasks.SelectMany(task => task.Moves).Where(move => move.From.IsSameFileAs(move.To)).Select(move => move.To.Value).ToHashSet();
        foreach (var (words, path, at, _) in scene.Written().Where(written => !renamed.Contains(written.Path)))
        {
            if (Beginnings(new Glob(path).Beginning).Select(part => (part, other: scene.Tree.OtherSpelling(part))).FirstOrDefault(pair => pair.other is not null) is { other: { } other } found)
                yield return new($"{words} '{path}', but the repository has '{other}', which differs from '{found.part}' only in letter case or in the form of accented letters; spell it as the repository does.", at);
            foreach (var folder in new Glob(path).HasWildcard ? [] : Beginnings(new RepoPath(path).Folder))
                if (!planned.TryAdd(Spelling.Key(folder), folder) && planned[Spelling.Key(folder)] is var first && first != folder && scene.Tree.OtherSpelling(folder) is null)
                    yield return new($"{words} '{path}', but the plan also writes the folder as '{first}'; spell it in one way.", at);
        }
    }

    private static IEnumerable<Finding> FileOrFolder(RuleScene scene)
    {
        foreach (var (words, path, at, writer) in scene.Written())
        {
            var glob = new Glob(path);
            if (!glob.HasWildcard && scene.Tree.HasFolder(path))
                yield return new($"{words} '{path}', which is a folder in the repository; name its files, or end it with '/'.", at);
            var above = Beginnings(glob.HasWildcard ? glob.Beginning : new RepoPath(path).Folder).Select(part => new RepoPath(part)).ToList();
            if (above.Where(part => scene.Facts.Find(part) is { LinkTarget: null }).Cast<RepoPath?>().FirstOrDefault() is { } file && !GoesAway(scene, file, writer))
                yield return new($"{words} '{path}', but '{file}' is a file in the repository; choose another folder, or let the same task own and move that file.", at);
        }
    }

    // A folder may take the place of a file that its own task, or one before it, moves away.
    private static bool GoesAway(RuleScene scene, RepoPath file, int? writer) =>
        writer is { } place && scene.Plan.Tasks.Index().Any(task => scene.Order.Sees(place, task.Index) && task.Item.Moves.Any(move => move.From == file));

    private static IEnumerable<Finding> Links(RuleScene scene)
    {
        if (!scene.Tree.HasLinks)
            yield break;
        foreach (var (words, path, at, _) in scene.Written())
        {
            var beginning = new Glob(path).Beginning;
            if (scene.Tree.LinkOn(beginning) is not { } link)
                continue;
            var leads = scene.Tree.RealPath(beginning) is { Length: > 0 } real
                ? $"name '{real}{path[beginning.Length..]}', where it leads"
                : "it leads out of the repository or in a circle, so choose another path";
            yield return new($"{words} '{path}', which goes through the symbolic link '{link}' (to '{scene.Tree.TargetOf(link)}'); {leads}.", at);
        }
    }

    // The folders on the way to a path, from the root on, and the path itself; nothing of an empty one.
    private static IEnumerable<string> Beginnings(string path)
    {
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
            yield return path[..end];
        if (path.Length > 0)
            yield return path;
    }
}
