using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Orders files by how likely a planner needs their text.</summary>
public static class Relevance
{
    private static readonly string[] Manifests = ["package.json", "pyproject.toml", "setup.py", "Cargo.toml", "go.mod", "pom.xml", "Makefile", "Directory.Build.props", "README.md"];
    private static readonly string[] Noise = ["package-lock.json", "yarn.lock", "pnpm-lock.yaml", "Cargo.lock", "go.sum", "packages.lock.json", "poetry.lock", "LICENSE", ".gitignore", ".gitattributes"];
    private static readonly string[] NoiseFolders = ["vendor", "node_modules", "dist", "third_party", "fixtures", "__snapshots__", "changelogs", ".github"];

    /// <summary>The files, the most relevant first; lock files and vendored code are left out.</summary>
    /// <remarks>A file scores by the request's words in its path, rare words more than common ones, so that a word that names half of the repository says
    /// little. Each further file of a folder counts less, so that one folder does not crowd out the rest.</remarks>
    /// <param name="files">The files.</param>
    /// <param name="request">Its words are looked for in the paths.</param>
    public static IEnumerable<RepoPath> Order(IEnumerable<RepoPath> files, RunRequest request)
    {
        var candidates = files.Where(path => !Noise.Contains(path.Name) && !path.Value.Split('/').Any(NoiseFolders.Contains))
            .Select(path => (Path: path, Upper: path.Value.ToUpperInvariant())).ToList();
        var weights = WordsOf(request).Select(word => (Word: word, Count: candidates.Count(file => file.Upper.Contains(word, StringComparison.Ordinal))))
            .Where(word => word.Count > 0).Select(word => (word.Word, Weight: Math.Log((1.0 + candidates.Count) / word.Count))).ToList();
        return candidates
            .Select(file => (file.Path, Score: weights.Where(word => file.Upper.Contains(word.Word, StringComparison.Ordinal)).Sum(word => word.Weight) + StandingOf(file.Path, request)))
            .GroupBy(file => file.Path.Folder)
            .SelectMany(folder => folder.OrderByDescending(file => file.Score).ThenBy(file => file.Path).Select((file, index) => (file.Path, Score: file.Score - (0.5 * index))))
            .OrderByDescending(file => file.Score).ThenBy(file => file.Path.Value.Length).ThenBy(file => file.Path)
            .Select(file => file.Path);
    }

    private static List<string> WordsOf(RunRequest request) => string.Join(' ', [request.Goal, .. request.Constraints, .. request.SplitHints])
        .Split([.. " \t\n.,;:!?()[]{}<>\"'`/"], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word.Length > 3).Select(word => word.ToUpperInvariant().TrimEnd('S')).Distinct().ToList();

    // What a file is worth whatever the request's words are.
    private static double StandingOf(RepoPath path, RunRequest request)
    {
        var depth = path.Value.Count(letter => letter == '/');
        var standing = -0.3 * depth;
        if (request.Goal.Contains(path.Value, StringComparison.Ordinal) || request.Constraints.Any(item => item.Contains(path.Value, StringComparison.Ordinal)))
            standing += 20;
        if (Manifests.Contains(path.Name) || path.Name.EndsWith("proj", StringComparison.Ordinal))
            standing += depth == 0 ? 8 : 4;
        if (path.Value.Split('/').Any(part => part.StartsWith("test", StringComparison.OrdinalIgnoreCase) || part.EndsWith("tests", StringComparison.OrdinalIgnoreCase)))
            standing -= 1.5;
        return standing;
    }
}
