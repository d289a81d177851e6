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
        var numbers = graph.Files.Index().ToDictionary(file => file.Item.Path, file => file.Index);
        var neighbours = NeighboursOf(graph, numbers);
        // Numbers follow the paths, so that sums of fractions are made in one order on every machine.
        var (wave, reached) = (new double[graph.Files.Count], new double[graph.Files.Count]);
        foreach (var (path, amount) in seeds)
            if (numbers.TryGetValue(path, out var number))
                wave[number] = amount;
        for (var step = 0; step < Steps; step++)
        {
            wave = Next(neighbours, wave);
            for (var number = 0; number < wave.Length; number++)
                reached[number] += wave[number];
        }

        return reached.Index().Where(file => file.Item > 0).ToDictionary(file => graph.Files[file.Index].Path, file => file.Item);
    }

    private static double[] Next((int Number, double Share)[][] neighbours, double[] wave)
    {
        var next = new double[wave.Length];
        for (var number = 0; number < wave.Length; number++)
            if (wave[number] >= Least)
                foreach (var (other, share) in neighbours[number])
                    next[other] += Onward * wave[number] * share;
        return next;
    }

    // For each file the files that its relevance goes to, with shares that sum to 1.
    private static (int Number, double Share)[][] NeighboursOf(CodeGraph graph, Dictionary<RepoPath, int> numbers)
    {
        // A file that everything uses says little about any of them; so does one that uses everything, and a test is one of many.
        var pulls = graph.Files.Select(file => 1 / Math.Sqrt(1 + graph.DependantsOf(file.Path).Count)).ToArray();
        var users = graph.Files.Select(file => Dependants * (Relevance.IsTest(file.Path) ? Relevance.TestSeed : 1) / Math.Sqrt(1 + file.Uses.Count)).ToArray();
        return [.. graph.Files.Select(file =>
        {
            (int Number, double Share)[] all =
            [
                .. file.Uses.Select(used => numbers[used]).Select(used => (used, pulls[used])),
                .. graph.DependantsOf(file.Path).Select(user => numbers[user]).Select(user => (user, users[user])),
            ];
            var sum = all.Sum(neighbour => neighbour.Share);
            return all.Select(neighbour => (neighbour.Number, neighbour.Share / sum)).ToArray();
        })];
    }
}
