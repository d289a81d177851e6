using Planlane.Values;

namespace Planlane.Planning.Rules;

/// <summary>What moves or changes its public signatures takes those along that use it.</summary>
internal static class ChangeRules
{
    private const int MostNamed = 8;

    /// <summary>The rules.</summary>
    public static ValueList<PlanRule> All { get; } = [new("changes-owned", Owned), new("moves-owned", Moves), new("dependants-owned", Dependants)];

    private static IEnumerable<Finding> Owned(RuleScene scene)
    {
        foreach (var (place, task) in scene.Plan.Tasks.Index())
            foreach (var (index, path) in task.ChangesSignatures.Index())
                if (!scene.Facts.Has(path))
                    yield return new($"Task '{task.Id}' changes the signatures of '{path}', which is not in the repository; name existing files only.", $"/tasks/{place}/changesSignatures/{index}");
                else if (!task.Owns.Includes(path))
                    yield return new($"Task '{task.Id}' changes the signatures of '{path}', which is not in its lane; add it to what the task owns.", $"/tasks/{place}/changesSignatures/{index}");
    }

    private static IEnumerable<Finding> Moves(RuleScene scene)
    {
        foreach (var (place, task) in scene.Plan.Tasks.Index())
            foreach (var (index, move) in task.Moves.Index())
                foreach (var problem in ProblemsOf(scene, place, move))
                    yield return new($"Task '{task.Id}' moves '{move.From}' to '{move.To}', but {problem}.", $"/tasks/{place}/moves/{index}");
    }

    private static IEnumerable<string> ProblemsOf(RuleScene scene, int place, FileMove move)
    {
        var task = scene.Plan.Tasks[place];
        if (!scene.Facts.Has(move.From))
            yield return "there is no file at the old place";
        if (move.From == move.To || (scene.Facts.Has(move.To) && task.Moves.All(other => other.From != move.To)) || scene.IsContract(move.To))
            yield return "the new place is taken; choose another one";
        if (!task.Owns.Includes(move.From) || !task.Owns.Includes(move.To))
            yield return "both places must be in its lane; add them to what the task owns";
        foreach (var (other, reader) in scene.Plan.Tasks.Index())
            if (other != place && !scene.Order.IsBefore(other, place) && reader.Reads.Contains(move.From))
                yield return scene.Order.IsBefore(place, other)
                    ? $"task '{reader.Id}', which runs later, reads the old place; let it read the new one"
                    : $"task '{reader.Id}' can run at the same time and reads the old place; make it depend on this task and read the new place";
    }

    private static IEnumerable<Finding> Dependants(RuleScene scene)
    {
        foreach (var (place, task) in scene.Plan.Tasks.Index())
        {
            foreach (var (index, path) in task.ChangesSignatures.Index())
                if (Missed(scene, path, place) is { Count: > 0 } missed)
                    yield return new($"Task '{task.Id}' changes public signatures of '{path}', but these files use it and belong to no task that sees the change: {Listed(missed)}; give them to '{task.Id}', or to a task that depends on it.", $"/tasks/{place}/changesSignatures/{index}");
            foreach (var (index, move) in task.Moves.Index())
                if (ImportsNamePaths(scene, move) && Missed(scene, move.From, place) is { Count: > 0 } missed)
                    yield return new($"Task '{task.Id}' moves '{move.From}', but these files name its place and belong to no task that sees the change: {Listed(missed)}; give them to '{task.Id}', or to a task that depends on it.", $"/tasks/{place}/moves/{index}/from");
        }

        foreach (var (index, contract) in scene.Plan.Contracts.Index())
            if (Lost(scene, contract.Path) is { Count: > 0 } lost && Missed(scene, contract.Path, null) is { Count: > 0 } missed)
                yield return new($"The contract '{contract.Path}' replaces a file and has not its '{lost[0]}' any more, but these files use it and belong to no task: {Listed(missed)}; keep the signature, or give them to a task.", $"/contracts/{index}/path");
    }

    // The files that use a path and that nobody who sees the change may write; a contract's change is seen by all.
    private static List<RepoPath> Missed(RuleScene scene, RepoPath path, int? writer) =>
        scene.Facts.Graph.DependantsOf(path)
            .Where(user => !scene.IsContract(user) && !scene.Lanes.TasksOf(user).Any(owner => writer is null || scene.Order.Sees(owner, writer.Value))).ToList();

    // C# names namespaces, so a file may move freely; in Go the folder alone counts.
    private static bool ImportsNamePaths(RuleScene scene, FileMove move) => scene.Facts.Graph.Find(move.From)?.Language switch
    {
        null or "C#" => false,
        "Go" => move.From.Folder != move.To.Folder,
        _ => true,
    };

    private static List<string> Lost(RuleScene scene, RepoPath contract)
    {
        if (scene.Facts.ContractSignatures?.GetValueOrDefault(contract) is not { } kept || scene.Facts.Graph.Find(contract) is not { } file)
            return [];
        var texts = kept.Select(signature => signature.Text).ToHashSet();
        return file.Signatures.Where(signature => !texts.Contains(signature.Text)).Select(signature => signature.Name).ToList();
    }

    private static string Listed(List<RepoPath> paths) =>
        string.Join(", ", paths.Take(MostNamed).Select(path => $"'{path}'")) + (paths.Count > MostNamed ? $" and {paths.Count - MostNamed} more" : "");
}
