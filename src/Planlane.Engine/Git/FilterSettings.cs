using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Which of the user's filter programs may run.</summary>
internal static partial class FilterSettings
{
    /// <summary>Settings that keep the user's filter programs, but for git-lfs, from running.</summary>
    public static async Task<ValueList<string>> FiltersOffAsync(this GitRepository repository, CancellationToken cancellationToken)
    {
        var output = await repository.Cli.RunAsync(
            new GitCall("config", "-z", "--get-regexp", @"^filter\..*\.(clean|smudge|process|required)$") { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false);
        var settings = output.Records.Where(record => record.Length > 0).Select(record => record.Split('\n', 2)).Select(parts => (Name: parts[0], Value: parts.Length > 1 ? parts[1] : "")).ToList();
        var isLfs = settings.Where(setting => IsOfLfs(setting.Name) && !setting.Name.EndsWith(".required", StringComparison.Ordinal)).All(setting => IsLfs(repository, setting.Value));
        return settings.Select(setting => setting.Name).Where(name => !(isLfs && IsOfLfs(name))).Distinct()
            .Select(name => name.EndsWith(".required", StringComparison.Ordinal) ? $"{name}=false" : $"{name}=")
            .ToValueList();
    }

    private static bool IsOfLfs(string name) => name.StartsWith("filter.lfs.", StringComparison.Ordinal);

    // A program of the work tree could be one that a run wrote.
    private static bool IsLfs(GitRepository repository, string command)
    {
        if (LfsCommand().Match(command) is not { Success: true } match)
            return false;
        var path = match.Groups["path"].Value;
        return path.Length == 0 || (Path.IsPathFullyQualified(path) && Path.GetRelativePath(repository.Root, path) is var below && (Path.IsPathRooted(below) || below.StartsWith("..", StringComparison.Ordinal)));
    }

    // The name alone proves nothing: any command can be set under it. A path is whole, and quoted where it has blanks.
    [GeneratedRegex(@"^(git[- ]lfs|(?<path>([A-Za-z]:)?(/[\w.+@=-]+)*/git-lfs(\.exe)?)|(?<quote>[""'])(?<path>([A-Za-z]:)?(/[\w .+@=()-]+)*/git-lfs(\.exe)?)\k<quote>) (clean|smudge|filter-process)( --skip)?( -- %f| %f)?\z")]
    private static partial Regex LfsCommand();
}
