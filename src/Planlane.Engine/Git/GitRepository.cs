using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>A git repository with a work tree. Thread-safe; holds no process.</summary>
public sealed class GitRepository
{
    private readonly bool _isPartial;
    private readonly IReadOnlyList<string> _hooks;

    private GitRepository(string root, string gitDir, string commonDir, string objectFormat, RepositorySettings settings, TimeProvider time)
    {
        (Root, GitDir, CommonDir, ObjectFormat, Time, _isPartial, IsPlain, _hooks) = (root, gitDir, commonDir, objectFormat, time, settings.IsPartial, settings.IsPlain, settings.Hooks);
        Cli = new GitCli(root, gitDir, settings.Hooks);
    }

    /// <summary>The root of the work tree, absolute.</summary>
    public string Root { get; }

    /// <summary>The folder of this work tree's HEAD and index, absolute; differs from <see cref="CommonDir"/> in a linked work tree.</summary>
    public string GitDir { get; }

    /// <summary>The folder of the objects and branches that all work trees share, absolute.</summary>
    public string CommonDir { get; }

    /// <summary><c>sha1</c> or <c>sha256</c>.</summary>
    public string ObjectFormat { get; }

    /// <summary>Runs git commands on this repository.</summary>
    public GitCli Cli { get; }

    /// <summary>Runs git commands on this repository's objects and settings, with another folder as the work tree.</summary>
    public GitCli CliIn(string workTree) => new(workTree, GitDir, _hooks);

    internal TimeProvider Time { get; }

    /// <summary>Whether a new object is just a file, so that it may be written past git.</summary>
    internal bool IsPlain { get; }

    internal string IndexPath => Path.Combine(GitDir, "index");

    /// <summary>Finds the repository that a folder belongs to.</summary>
    /// <exception cref="PlanlaneException">Usage: the folder is in no repository, or in one without a work tree, or git is missing or too old.</exception>
    public static async Task<GitRepository> OpenAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            throw new PlanlaneException(FaultKind.Usage, $"There is no folder {folder}.");

        var cli = new GitCli(Path.GetFullPath(folder));
        var version = cli.TextAsync(new GitCall("version"), cancellationToken);
        var search = cli.RunAsync(new GitCall("rev-parse", "--is-bare-repository", "--is-inside-work-tree") { Accepted = [0, 128] }, cancellationToken);
        await Task.WhenAll(version, search).ConfigureAwait(false);
        GitProgram.EnsureNewEnough(await version.ConfigureAwait(false));
        var found = await search.ConfigureAwait(false);
        if (found.ExitCode != 0)
            throw NotFound(folder, found.Error);
        if (found.Text.Split('\n') is ["true", ..])
            throw new PlanlaneException(FaultKind.Usage, $"{folder} is a bare repository: it has no files to work on.", "Clone it and start in the clone.");
        if (found.Text.Split('\n') is not [_, "true"])
            throw new PlanlaneException(FaultKind.Usage, $"{folder} lies inside a .git folder.", "Start in the work tree of the repository.");

        var settings = RepositorySettings.ReadAsync(cli, cancellationToken);
        var places = cli.TextAsync(new GitCall("rev-parse", "--path-format=absolute", "--show-toplevel", "--git-dir", "--git-common-dir", "--show-object-format"), cancellationToken);
        await Task.WhenAll(settings, places).ConfigureAwait(false);
        var facts = (await places.ConfigureAwait(false)).Split('\n');
        return new GitRepository(Path.GetFullPath(facts[0]), Path.GetFullPath(facts[1]), Path.GetFullPath(facts[2]), facts[3], await settings.ConfigureAwait(false), time);
    }

    /// <summary>Reads where the repository stands.</summary>
    public async Task<RepositoryState> GetStateAsync(CancellationToken cancellationToken)
    {
        // Processes are started side by side: the start of one takes longer than its work.
        var identity = HasIdentityAsync(cancellationToken);
        var heads = Cli.RunAsync(new GitCall("rev-parse", "-q", "--verify", "HEAD^{commit}") { Accepted = [0, 1] }, cancellationToken);
        var branches = Cli.RunAsync(new GitCall("symbolic-ref", "-q", "HEAD") { Accepted = [0, 1] }, cancellationToken);
        await Task.WhenAll(identity, heads, branches).ConfigureAwait(false);
        var (head, branch) = (await heads.ConfigureAwait(false), await branches.ConfigureAwait(false));
        return new RepositoryState(
            head.ExitCode == 0 ? new ObjectId(head.Text) : null,
            branch.ExitCode == 0 ? branch.Text : null,
            OperationInProgress(),
            await identity.ConfigureAwait(false));
    }

    /// <summary>Refuses a repository that a run cannot begin in; gives its state otherwise.</summary>
    /// <exception cref="PlanlaneException">Usage: no commit yet, an operation in progress, no identity, or a partial clone that lacks files; the hint says how to go on.</exception>
    public async Task<RepositoryState> EnsureRunnableAsync(CancellationToken cancellationToken)
    {
        var state = await GetStateAsync(cancellationToken).ConfigureAwait(false);
        if (_isPartial && state.Head is { } head && await RepositorySettings.CountMissingAsync(Cli, head, cancellationToken).ConfigureAwait(false) is > 0 and var missing)
            throw new PlanlaneException(
                FaultKind.Usage,
                $"This is a partial clone that lacks {missing} of the files of HEAD, and nothing is fetched during a run.",
                "Fetch them first: `git sparse-checkout disable` checks all files out; `git backfill` (git 2.49) fetches them alone.");
        return state switch
        {
            { Head: null } => throw new PlanlaneException(FaultKind.Usage, "The repository has no commit yet.", "Make a first commit: `git add -A && git commit`."),
            { Operation: not GitOperation.None } => throw new PlanlaneException(
                FaultKind.Usage, $"A {state.Operation.Words()} is in progress.", $"Finish or abort it first: `git {state.Operation.Command()}`."),
            { HasIdentity: false } => throw new PlanlaneException(
                FaultKind.Usage, "Git does not know who you are.", "Run `git config user.name \"Your Name\"` and `git config user.email you@example.com`."),
            _ => state,
        };
    }

    /// <summary>The name of a private ref of a run, under <c>refs/planlane</c>.</summary>
    public static string PrivateRef(RunId run, string name) => $"refs/planlane/{run}/{name}";

    /// <summary>Names an object by a ref, so that git never collects it; replaces what the ref named.</summary>
    public Task SetRefAsync(string name, ObjectId target, CancellationToken cancellationToken) =>
        Cli.RunAsync(new GitCall("update-ref", name, target.Value), cancellationToken);

    /// <summary>Deletes a ref; nothing happens when it is not there.</summary>
    public Task DeleteRefAsync(string name, CancellationToken cancellationToken) =>
        Cli.RunAsync(new GitCall("update-ref", "-d", name), cancellationToken);

    /// <summary>Deletes all private refs of a run.</summary>
    public async Task DeleteRefsAsync(RunId run, CancellationToken cancellationToken)
    {
        var names = await Cli.TextAsync(new GitCall("for-each-ref", "--format=%(refname)", PrivateRef(run, "")), cancellationToken).ConfigureAwait(false);
        var deletions = names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => $"delete {name}");
        await Cli.RunAsync(new GitCall("update-ref", "--stdin") { Input = GitCall.Lines(deletions) }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Every run that has private refs.</summary>
    public async Task<IReadOnlyList<RunId>> RunsWithRefsAsync(CancellationToken cancellationToken)
    {
        var names = await Cli.TextAsync(new GitCall("for-each-ref", "--format=%(refname:lstrip=2)", "refs/planlane/"), cancellationToken).ConfigureAwait(false);
        return [.. names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => new RunId(name.Split('/')[0])).Distinct()];
    }

    internal GitOperation OperationInProgress()
    {
        bool Has(string name) => Path.Exists(Path.Combine(GitDir, name));
        return 0 switch
        {
            _ when Has("rebase-merge") => GitOperation.Rebase,
            _ when Has("rebase-apply") => Has("rebase-apply/applying") ? GitOperation.ApplyMailbox : GitOperation.Rebase,
            _ when Has("MERGE_HEAD") => GitOperation.Merge,
            _ when Has("CHERRY_PICK_HEAD") => GitOperation.CherryPick,
            _ when Has("REVERT_HEAD") => GitOperation.Revert,
            _ when Has("sequencer") => GitOperation.CherryPick,
            _ when Has("BISECT_LOG") => GitOperation.Bisect,
            _ => GitOperation.None,
        };
    }

    private async Task<bool> HasIdentityAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(new[] { "GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT" }.Select(who => Cli.RunAsync(
            new GitCall("var", who) { Settings = ["user.useConfigOnly=true"], Accepted = [0, 1, 128] }, cancellationToken))).ConfigureAwait(false);
        return answers.All(answer => answer.ExitCode == 0);
    }

    private static PlanlaneException NotFound(string folder, string error) => error.Contains("dubious ownership", StringComparison.Ordinal)
        ? new PlanlaneException(FaultKind.Usage, $"Git does not trust {folder}, as another user owns it.", $"Run `git config --global --add safe.directory {folder}`.")
        : new PlanlaneException(FaultKind.Usage, $"{folder} is not in a git repository.", "Run `git init` and make a first commit, or cd into a repository.");
}

/// <summary>How operations are named to a user.</summary>
internal static class GitOperationWords
{
    public static string Words(this GitOperation operation) => operation switch
    {
        GitOperation.CherryPick => "cherry-pick",
        GitOperation.ApplyMailbox => "`git am`",
        _ => operation.ToString().ToLowerInvariant(),
    };

    public static string Command(this GitOperation operation) => operation switch
    {
        GitOperation.Bisect => "bisect reset",
        GitOperation.ApplyMailbox => "am --continue|--abort",
        _ => $"{operation.Words()} --continue|--abort",
    };
}
