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
        var isLfs = settings.Where(setting => IsOfLfs(setting.Name) && !setting.Name.EndsWith(".required", StringComparison.Ordinal)).All(setting => LfsCommand().IsMatch(setting.Value));
        return settings.Select(setting => setting.Name).Where(name => !(isLfs && IsOfLfs(name))).Distinct()
            .Select(name => name.EndsWith(".required", StringComparison.Ordinal) ? $"{name}=false" : $"{name}=")
            .ToValueList();
    }

    private static bool IsOfLfs(string name) => name.StartsWith("filter.lfs.", StringComparison.Ordinal);

    // The name alone proves nothing: any command can be set under it.
    [GeneratedRegex(@"^git[- ]lfs (clean|smudge|filter-process)( --skip)?( -- %f| %f)?\z")]
    private static partial Regex LfsCommand();
}
