using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Orders files by how likely a planner needs their text.</summary>
public static class Relevance
{
    private const double WholeName = 3;
    private const double InName = 1.5;
    private const double InFolder = 1;
    private const double InSignature = 0.6;
    private const double NamedPath = 20;
    private const double NamedCode = 8;
    private const double Crowding = 0.5;

    // As much as a name of code in the request: a follow-up speaks of what was made, often without naming it.
    private const double Written = 8;

    // Relevance spreads from the best files only: a file that hundreds of weak ones use would else come before all of them.
    private const int Seeds = 40;

    // What a test is about is told better by what it tests.
    internal const double TestSeed = 0.3;

    // A file that declares more than this matches more words by chance, as a longer text does (the length normalisation of BM25).
    private const double UsualDeclarations = 25;

    private static readonly string[] Manifests = ["package.json", "pyproject.toml", "setup.py", "Cargo.toml", "go.mod", "pom.xml", "Makefile", "Directory.Build.props", "README.md"];
    private static readonly string[] Noise = ["LICENSE", ".gitignore", ".gitattributes"];
    private static readonly string[] NoiseFolders = ["fixtures", "__snapshots__", "changelogs", ".github"];

    /// <summary>The files by their paths alone, the most relevant first; lock files and vendored code are left out.</summary>
    /// <param name="files">The files.</param>
    /// <param name="request">Its words are looked for in the paths.</param>
    public static IEnumerable<RepoPath> Order(IEnumerable<RepoPath> files, RunRequest request) => Rank(files, request, CodeGraph.Empty).Select(file => file.Path);

    /// <summary>The files with how relevant they are, the most relevant first; lock files and vendored code are left out.</summary>
    /// <remarks>
    /// A file scores by the request's words in its path and in the names that it shows, rare words more than common ones, so that a word that names half of the
    /// repository says little; what it scores spreads to the files that use it and that it uses (<see cref="RelevanceSpread"/>). Each further file of a folder
    /// counts less, so that one folder does not crowd out the rest. The same input gives the same order on every machine.
    /// </remarks>
    /// <param name="files">The files.</param>
    /// <param name="request">Its words are looked for.</param>
    /// <param name="graph">What the files show and use.</param>
    /// <param name="written">The files that the run before wrote; null when the request follows none.</param>
    public static IReadOnlyList<RankedFile> Rank(IEnumerable<RepoPath> files, RunRequest request, CodeGraph graph, IEnumerable<RepoPath>? written = null)
    {
        var words = RequestWords.Of(request);
        var all = files.ToList();
        var named = NamedFiles.Of(all, words.Text);
        var paths = all.Where(path => !IsNoise(path) || named.Contains(path)).Order().ToList();
        var own = OwnScores(paths, words, graph, named);
        foreach (var path in (written ?? []).Select(path => paths.BinarySearch(path)).Where(place => place >= 0))
            own[path] += Written;
        var seeds = paths.Zip(own, (path, score) => (Path: path, Score: IsTest(path) ? TestSeed * score : score)).Where(file => file.Score > 0)
            .OrderByDescending(file => file.Score).ThenBy(file => file.Path).Take(Seeds);
        var spread = RelevanceSpread.Of(graph, seeds.ToDictionary(file => file.Path, file => file.Score));
        return [.. paths.Select((path, number) => new RankedFile(path, own[number] + spread.GetValueOrDefault(path), StandingOf(path)) { IsNamed = named.Contains(path) })
            .GroupBy(file => file.Path.Folder)
            .SelectMany(folder => folder.OrderByDescending(file => file.Score).ThenBy(file => file.Path).Select((file, index) => file with { Standing = file.Standing - (Crowding * index) }))
            .OrderByDescending(file => file.Score).ThenBy(file => file.Path.Value.Length).ThenBy(file => file.Path)];
    }

    private static bool IsNoise(RepoPath path) =>
        HubFiles.OfPath(path) == HubKind.LockFile || Noise.Contains(path.Name) || SourceSelection.IsForeign(path) || path.Value.Split('/').Any(NoiseFolders.Contains);

    // What the words of the request say of each file.
    private static double[] OwnScores(List<RepoPath> paths, RequestWords words, CodeGraph graph, IReadOnlySet<RepoPath> named)
    {
        var hits = paths.Select(path => HitsOf(path, words, graph.Find(path))).ToList();
        var counts = new int[words.Count];
        foreach (var word in hits.SelectMany(hit => hit.Keys))
            counts[word]++;
        var weights = counts.Select(count => count == 0 ? 0 : Math.Log((1.0 + paths.Count) / count)).ToList();
        return [.. paths.Zip(hits).Select(file => file.Second.OrderBy(hit => hit.Key).Sum(hit => weights[hit.Key] * hit.Value) + (named.Contains(file.First) ? NamedPath : NamedScore(words, graph.Find(file.First))))];
    }

    // For each word the weight of the best place in which it stands.
    private static Dictionary<int, double> HitsOf(RepoPath path, RequestWords words, SourceFile? file)
    {
        var (hits, weight) = (new Dictionary<int, double>(), WholeName);
        void Take(int word) => hits[word] = Math.Max(weight, hits.GetValueOrDefault(word));

        words.FindWhole(path.Name, Take);
        weight = InName;
        words.FindIn(path.Name, Take);
        words.FindInside(path.Name, Take);
        weight = InFolder;
        words.FindIn(path.Folder, Take);
        words.FindInside(path.Folder, Take);
        weight = InSignature / Math.Max(1, Math.Sqrt((file?.Signatures.Count ?? 0) / UsualDeclarations));
        // The type's name stands before each of its members.
        foreach (var signature in file?.Signatures ?? [])
            words.FindIn(signature.Name.AsSpan(signature.Name.LastIndexOf('.') + 1), Take);
        return hits;
    }

    private static double NamedScore(RequestWords words, SourceFile? file) =>
        words.Names.Count > 0 && file is not null && file.Signatures.Any(signature => words.Names.Contains(signature.Name)) ? NamedCode : 0;

    // What a file is worth whatever the request's words are.
    private static double StandingOf(RepoPath path)
    {
        var depth = path.Value.Count(letter => letter == '/');
        var standing = -0.3 * depth;
        if (Manifests.Contains(path.Name) || path.Name.EndsWith("proj", StringComparison.Ordinal))
            standing += depth == 0 ? 8 : 4;
        return IsTest(path) ? standing - 1.5 : standing;
    }

    internal static bool IsTest(RepoPath path) =>
        path.Value.Split('/').Any(part => part.StartsWith("test", StringComparison.OrdinalIgnoreCase) || part.EndsWith("tests", StringComparison.OrdinalIgnoreCase));
}

/// <summary>A file with how relevant it is to a request.</summary>
/// <param name="Path">The file.</param>
/// <param name="Words">What the request's words say of it, and of the files that it is connected with; 0 when nothing.</param>
/// <param name="Standing">What it is worth whatever the words are; may be negative.</param>
public sealed record RankedFile(RepoPath Path, double Words, double Standing)
{
    /// <summary>Whether the request names the file itself.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Both together; the greater, the more relevant.</summary>
    public double Score => Words + Standing;
}
