using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Spreads relevance over the code graph, as a random walk with restarts from the relevant files would (personalised PageRank).</summary>
/// <remarks>The walk: Haveliwala, "Topic-Sensitive PageRank", 2002. It goes along uses in both directions, as a change of a file concerns what it uses and what uses it.</remarks>
internal static class RelevanceSpread
{
    private const int Steps = 4;

    // The share that goes on at each step.
    private const double Onward = 0.4;

    // What a file uses tells more of how to change it than what uses it.
    private const double Dependants = 0.5;

    // Less than this moves no file past another.
    private const double Least = 0.001;

    /// <summary>What reaches each file from others; what a file has itself is not in it. Files that nothing reaches are left out.</summary>
    /// <param name="graph">Which file uses which.</param>
    /// <param name="seeds">Relevant files with how relevant each is; more than 0.</param>
    public static IReadOnlyDictionary<RepoPath, double> Of(CodeGraph graph, IReadOnlyDictionary<RepoPath, double> seeds)
    {
        var reached = new Dictionary<RepoPath, double>();
        var wave = seeds.OrderBy(seed => seed.Key).Select(seed => (seed.Key, seed.Value)).ToList();
        for (var step = 0; step < Steps && wave.Count > 0; step++)
        {
            wave = Next(graph, wave);
            foreach (var (path, amount) in wave)
                reached[path] = reached.GetValueOrDefault(path) + amount;
        }

        return reached;
    }

    private static List<(RepoPath Path, double Amount)> Next(CodeGraph graph, List<(RepoPath Path, double Amount)> wave)
    {
        var next = new Dictionary<RepoPath, double>();
        foreach (var (path, amount) in wave)
        {
            var neighbours = (graph.Find(path)?.Uses ?? []).Select(other => (Path: other, Pull: PullOf(graph, other)))
                .Concat(graph.DependantsOf(path).Select(other => (Path: other, Pull: Dependants * PullOf(graph, other)))).ToList();
            var all = neighbours.Sum(neighbour => neighbour.Pull);
            foreach (var (other, pull) in neighbours)
                next[other] = next.GetValueOrDefault(other) + (Onward * amount * pull / all);
        }

        // In one order, as sums of fractions depend on it.
        return [.. next.Where(file => file.Value >= Least).OrderBy(file => file.Key).Select(file => (file.Key, file.Value))];
    }

    // A file that everything uses says little about any of them.
    private static double PullOf(CodeGraph graph, RepoPath path) => 1 / Math.Sqrt(1 + graph.DependantsOf(path).Count);
}
