using Planlane.Git;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>What must hold before work is paid for that is to land, and how commits are worded here.</summary>
/// <param name="repository">The repository.</param>
internal sealed class LandingSettings(GitRepository repository)
{
    private const int LastCommits = 50;

    // Files of tools that ask for Conventional Commits (commitlint, commitizen, semantic-release, release-please, cocogitto, git-cliff).
    private static readonly string[] ConventionalFiles =
    [
        ".czrc", ".cz.json", ".cz.toml", "cz.toml", ".cz.yaml", ".cz-config.js", "release-please-config.json", "cog.toml", "cliff.toml",
        ".releaserc", ".releaserc.json", ".releaserc.yml", ".releaserc.yaml", ".releaserc.js", "release.config.js",
        .. new[] { "js", "cjs", "mjs", "ts", "cts" }.Select(ending => $"commitlint.config.{ending}"), ".commitlintrc",
        .. new[] { "json", "yaml", "yml", "js", "cjs", "ts" }.Select(ending => $".commitlintrc.{ending}"),
    ];

    /// <summary>Refuses what could not land, before anything is paid for.</summary>
    /// <param name="policy">How the work is to land.</param>
    /// <param name="current">The branch that is checked out; null for a detached HEAD.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PlanlaneException">Usage: the branch is protected or there already, its name is none, or the commit to land on is not there.</exception>
    public async Task EnsureAsync(LandingPolicy policy, string? current, CancellationToken cancellationToken)
    {
        if (LandingRules.ProblemOf(policy) is { } problem)
            throw new PlanlaneException(FaultKind.Usage, problem, "Leave one of them out.");
        if (policy.Branch is { } name)
            await EnsureNewAsync(name, cancellationToken).ConfigureAwait(false);
        var onto = policy.Onto is { } revision ? (await RebaseTarget.ResolveAsync(repository, revision, policy, cancellationToken).ConfigureAwait(false)).Branch : current;
        var target = LandingRules.TargetOf(policy, onto);
        if (LandingRules.ProtectionOf(policy, target) is { } pattern)
            throw new PlanlaneException(
                FaultKind.Usage,
                $"Nothing may land on {LandingRules.ShortName(target!)}: it is protected by \"landing.protect\" ({pattern}).",
                "Name a new branch for the commits: --branch NAME");
    }

    /// <summary>How the commits of the repository are worded: by the files of tools that ask for it, else by the last ones.</summary>
    public async Task<CommitStyle> StyleAsync(ObjectId head, CancellationToken cancellationToken)
    {
        var files = await repository.Cli.RunAsync(new GitCall("ls-tree", "-z", "--name-only", head.Value), cancellationToken).ConfigureAwait(false);
        return files.Records.Any(ConventionalFiles.Contains)
            ? CommitStyle.Conventional
            : ConventionalSubject.StyleOf(await repository.SubjectsAsync(head, LastCommits, cancellationToken).ConfigureAwait(false));
    }

    private async Task EnsureNewAsync(string name, CancellationToken cancellationToken)
    {
        var isName = await repository.Cli.RunAsync(new GitCall("check-ref-format", $"refs/heads/{name}") { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false);
        if (isName.ExitCode != 0 || name.StartsWith('-') || name == "HEAD")
            throw new PlanlaneException(FaultKind.Usage, $"'{name}' is no name for a branch.", "Name one such as feature/auth with --branch.");
        var taken = await repository.Cli.TextAsync(new GitCall(["for-each-ref", "--format=%(refname:short)", $"refs/heads/{name}", .. Folders(name)]), cancellationToken).ConfigureAwait(false);
        if (taken.Length > 0)
            throw new PlanlaneException(
                FaultKind.Usage,
                $"There is a branch {taken.Split('\n')[0]} already.",
                $"Give the new branch another name with --branch; or land on one that is there: --onto {taken.Split('\n')[0]}");
    }

    // A branch a keeps a/b from being made.
    private static IEnumerable<string> Folders(string name) =>
        name.Split('/') is var parts ? Enumerable.Range(1, parts.Length - 1).Select(count => $"refs/heads/{string.Join('/', parts.Take(count))}") : [];
}
