using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Orders files by how likely a planner needs their text.</summary>
public static class Relevance
{
    private static readonly string[] Manifests = ["package.json", "pyproject.toml", "setup.py", "Cargo.toml", "go.mod", "pom.xml", "Makefile", "Directory.Build.props", "README.md"];
    private static readonly string[] Noise = ["package-lock.json", "yarn.lock", "pnpm-lock.yaml", "Cargo.lock", "go.sum", "packages.lock.json", "poetry.lock", "LICENSE", ".gitignore", ".gitattributes"];
    private static readonly string[] NoiseFolders = ["vendor", "node_modules", "dist", "third_party", "fixtures", "__snapshots__", "changelogs"];

    /// <summary>The files, the most relevant first; lock files and vendored code are left out.</summary>
    /// <param name="files">The files.</param>
    /// <param name="request">Its words are looked for in the paths.</param>
    public static IEnumerable<RepoPath> Order(IEnumerable<RepoPath> files, RunRequest request)
    {
        var words = string.Join(' ', [request.Goal, .. request.Constraints, .. request.SplitHints])
            .Split([.. " \t\n.,;:!?()[]{}\"'`/"], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length > 3).Select(word => word.ToUpperInvariant().TrimEnd('S')).Distinct().ToList();
        return files.Where(path => !Noise.Contains(path.Name) && !path.Value.Split('/').Any(NoiseFolders.Contains))
            .Select(path => (Path: path, Score: ScoreOf(path, words, request)))
            .OrderByDescending(item => item.Score).ThenBy(item => item.Path.Value.Length).ThenBy(item => item.Path)
            .Select(item => item.Path);
    }

    private static int ScoreOf(RepoPath path, List<string> words, RunRequest request)
    {
        var upper = path.Value.ToUpperInvariant();
        var score = (3 * words.Count(word => upper.Contains(word, StringComparison.Ordinal))) - path.Value.Count(letter => letter == '/');
        if (request.Goal.Contains(path.Value, StringComparison.Ordinal))
            score += 20;
        if (Manifests.Contains(path.Name) || path.Name.EndsWith("proj", StringComparison.Ordinal))
            score += path.Folder.Length == 0 ? 8 : 4;
        return score;
    }
}
