using Planlane.Values;

namespace Planlane.Planning;

/// <summary>How closely the existing files that different tasks change depend on each other.</summary>
/// <remarks>
/// Measured is mutual use: a pair of tasks of which each changes an existing file that uses an existing file of the other. Use in one direction is what layers look like and divides well behind
/// a stable signature; mutual use means that neither side can be changed while the other stands still. It is tight when more than half of the pairs are mutual, and at least
/// <see cref="FewestMutual"/>, so that a small plan with one knot is not judged by it. Files that several
/// tasks change one after the other do not count.
/// </remarks>
/// <param name="Pairs">Pairs of tasks that both change existing files.</param>
/// <param name="Mutual">Those of them that use each other both ways.</param>
internal sealed record Cohesion(int Pairs, int Mutual)
{
    private const int FewestMutual = 2;

    /// <summary>Whether one agent alone is the better choice for it.</summary>
    public bool IsTight => Mutual >= FewestMutual && Mutual * 2 > Pairs;

    /// <summary>The cohesion of a plan's tasks by the graph; none where the graph knows no file.</summary>
    public static Cohesion Of(Plan plan, RepositoryFacts facts)
    {
        var lanes = new LaneIndex(plan);
        var owners = new Dictionary<RepoPath, int>();
        foreach (var file in facts.Graph.Files)
            if (lanes.TasksOf(file.Path).Take(2).ToList() is [var only])
                owners[file.Path] = only;

        var uses = new HashSet<(int User, int Used)>();
        foreach (var (path, user) in owners)
            foreach (var used in facts.Graph.Find(path)!.Uses)
                if (owners.TryGetValue(used, out var owner) && owner != user)
                    uses.Add((user, owner));
        var changing = owners.Values.Distinct().Count();
        return new Cohesion(changing * (changing - 1) / 2, uses.Count(use => use.User < use.Used && uses.Contains((use.Used, use.User))));
    }
}
