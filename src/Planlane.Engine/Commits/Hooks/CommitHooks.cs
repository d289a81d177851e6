using System.Text;
using System.Text.RegularExpressions;
using Planlane.Git;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Commits.Hooks;

/// <summary>Runs the hooks of a commit as <c>git commit</c> would, on the files of that commit, in a workspace and never in the user's work tree.</summary>
/// <param name="repository">The repository.</param>
/// <param name="workspaces">Where they run, held as the run's other commands are.</param>
/// <param name="limit">After this time they are killed and have refused.</param>
internal sealed partial class CommitHooks(GitRepository repository, IWorkspaces workspaces, TimeSpan limit)
{
    private const string Workspace = "hooks";
    private const long MostHookBytes = 8 << 20;

    /// <summary>Runs pre-commit, prepare-commit-msg and commit-msg, those of them that are there.</summary>
    /// <exception cref="PlanlaneException">ChecksFailed: one refused the commit; its output is in the message.</exception>
    public async Task<HookedCommit> RunAsync(RunState state, HookFolder hooks, CommitDraft draft, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            throw new PlanlaneException(FaultKind.Failed, "The repository has commit hooks, and on Windows they cannot be run for these commits.", WithoutHooks(state));
        var outcome = await workspaces.RunAsync(await CommandAsync(state, hooks, draft, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var at = Encoding.UTF8.GetString(outcome.Taken.GetValueOrDefault(HookScript.At, []));
        if (outcome.ExitCode != 0 || at != HookScript.Done)
            throw Refused(state, draft, at, outcome);
        var message = CommitMessages.Cleaned(Encoding.UTF8.GetString(outcome.Taken.GetValueOrDefault(HookScript.Message, [])));
        if (message.Length == 0)
            throw new PlanlaneException(FaultKind.ChecksFailed, $"The hooks left the commit of {draft.Planned.Agent} without a message; nothing was committed.", WithoutHooks(state));
        return new HookedCommit(await ChangesAsync(state, draft, outcome, cancellationToken).ConfigureAwait(false), message);
    }

    /// <summary>Runs post-commit in the user's work tree, once for all commits and with HEAD at the last.</summary>
    /// <returns>What the user should know of it, or null.</returns>
    public async Task<string?> RunAfterAsync(HookFolder hooks, IEnumerable<RepoPath> landed, CancellationToken cancellationToken)
    {
        if (!hooks.Names.Contains(HookFolder.PostCommit))
            return null;
        // It has the user's rights, so what agents wrote is not run by surprise.
        if (landed.Any(hooks.Covers))
            return "The post-commit hook was not run, as this run changed the repository's hooks.";
        using var late = new CancellationTokenSource(limit, repository.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var call = new GitCall("hook", "run", "--ignore-missing", HookFolder.PostCommit) { Hooks = true, Accepted = [.. Enumerable.Range(0, 256)] };
            var ended = await repository.Cli.RunAsync(call, either.Token).ConfigureAwait(false);
            return ended.ExitCode == 0 ? null : $"The post-commit hook ended with code {ended.ExitCode}.";
        }
        catch (OperationCanceledException)
        {
            return "The post-commit hook was stopped.";
        }
    }

    private async Task<WorkspaceCommand> CommandAsync(RunState state, HookFolder hooks, CommitDraft draft, CancellationToken cancellationToken)
    {
        var given = new List<GivenFile> { new(HookScript.Message, Encoding.UTF8.GetBytes(draft.Message)) };
        given.AddRange(await PackAsync(state, draft, cancellationToken).ConfigureAwait(false));
        if (hooks.Inside is null)
            given.AddRange(Scripts(hooks.Folder));
        var author = Identity().Match(draft.Author);
        return new WorkspaceCommand(state, Workspace, draft.Tree, HookScript.Text, limit)
        {
            Given = given,
            Asked = [HookScript.At, HookScript.Changes, HookScript.Objects, HookScript.Message],
            Variables =
            [
                new("PLANLANE_HOOKS", hooks.Inside?.Value ?? ""),
                new("PLANLANE_HOOK_NAMES", string.Join(' ', hooks.Names.Where(name => name == HookFolder.PrepareMessage || (!state.Settings.Landing.SkipsHooks && name != HookFolder.PostCommit)))),
                new("PLANLANE_BASE", state.Base.Commit.Value),
                new("PLANLANE_PARENT", (draft.Made.Count > 0 ? draft.Made[^1] : state.Base.Commit).Value),
                new("PLANLANE_TREE", draft.Tree.Value),
                new("PLANLANE_REF", LandingRules.TargetOf(state.Settings.Landing, state.Base.Branch) ?? ""),
                new("GIT_AUTHOR_NAME", author.Groups[1].Value),
                new("GIT_AUTHOR_EMAIL", author.Groups[2].Value),
                new("GIT_AUTHOR_DATE", $"@{author.Groups[3].Value}"),
            ],
        };
    }

    // What the workspace's own repository lacks: it has the commit that the run began with.
    private async Task<IEnumerable<GivenFile>> PackAsync(RunState state, CommitDraft draft, CancellationToken cancellationToken)
    {
        string[] wanted = state.Rebased is null
            ? [.. draft.Made.Select(commit => commit.Value), draft.Tree.Value, $"^{state.Base.Commit}^{{tree}}"]
            : [.. draft.Made.Prepend(state.Base.Commit).Select(commit => commit.Value), draft.Tree.Value];
        var listed = await repository.Cli.RunAsync(new GitCall(["rev-list", "--objects", "--no-walk", .. wanted]), cancellationToken).ConfigureAwait(false);
        if (listed.Output.Length == 0)
            return [];
        var folder = Directory.CreateTempSubdirectory("planlane-pack-");
        try
        {
            var call = new GitCall("pack-objects", "-q", "--window=0", Path.Combine(folder.FullName, "pack")) { Input = listed.Output };
            await repository.Cli.RunAsync(call, cancellationToken).ConfigureAwait(false);
            return [.. folder.EnumerateFiles().Select(file => new GivenFile($"{HookScript.Pack}/{file.Name}", File.ReadAllBytes(file.FullName)))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // With the files beside them, which they may call by their own place.
    private static List<GivenFile> Scripts(string folder)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => !file.Name.EndsWith(".sample", StringComparison.Ordinal)).ToList();
        return files.Sum(file => file.Length) > MostHookBytes
            ? throw new PlanlaneException(FaultKind.Failed, $"The folder of the repository's hooks is too large to be lent to a workspace: {folder}.", "Give it a folder of its own: `git config core.hooksPath FOLDER`.")
            : [.. files.Select(file => new GivenFile(
                $"{HookScript.Hooks}/{Path.GetRelativePath(folder, file.FullName)}",
                File.ReadAllBytes(file.FullName),
                OperatingSystem.IsWindows() || file.UnixFileMode.HasFlag(UnixFileMode.UserExecute)))];
    }

    // What the hooks left is data: objects are checked by their ids, and paths by whoever makes a tree of them.
    private async Task<ChangeSet> ChangesAsync(RunState state, CommitDraft draft, WorkspaceOutcome outcome, CancellationToken cancellationToken)
    {
        var said = Encoding.UTF8.GetString(outcome.Taken.GetValueOrDefault(HookScript.Changes, [])).Split('\0');
        var changes = GitTrees.DifferencesIn(said).Select(change => new FileChange(change.Path, change.NewId, change.NewMode)).ToValueList();
        if (changes.Count == 0)
            return ChangeSet.Empty;
        // Nothing is taken in that git would not accept as a repository's own: a tree may name what is not there, or is something else.
        var foreign = await ForeignAsync(changes, areIn: false, cancellationToken).ConfigureAwait(false);
        if (foreign is null)
        {
            await repository.Cli.RunAsync(new GitCall("unpack-objects", "-q", "--strict") { Input = outcome.Taken[HookScript.Objects] }, cancellationToken).ConfigureAwait(false);
            foreign = await ForeignAsync(changes, areIn: true, cancellationToken).ConfigureAwait(false);
        }

        return foreign is null ? new ChangeSet(changes) : throw new PlanlaneException(
            FaultKind.ChecksFailed,
            $"The pre-commit hook staged {foreign.Path} in the commit of {draft.Planned.Agent} as something that is no file, as a repository of its own is; nothing was committed.",
            WithoutHooks(state));
    }

    // A submodule, or an id of which the repository has no file.
    private async Task<FileChange?> ForeignAsync(ValueList<FileChange> changes, bool areIn, CancellationToken cancellationToken)
    {
        var written = changes.Where(change => change.Blob is not null).ToList();
        var call = new GitCall("cat-file", "--batch-check=%(objecttype)") { Input = GitCall.Lines(written.Select(change => change.Blob!.Value.Value)) };
        var types = (await repository.Cli.TextAsync(call, cancellationToken).ConfigureAwait(false)).Split('\n');
        bool IsFile(FileChange change, string type) => change.Mode is FileModes.File or FileModes.Executable or FileModes.SymbolicLink && (type == "blob" || (!areIn && type.EndsWith(" missing", StringComparison.Ordinal)));
        return written.Zip(types).FirstOrDefault(item => !IsFile(item.First, item.Second)).First;
    }

    private static PlanlaneException Refused(RunState state, CommitDraft draft, string at, WorkspaceOutcome outcome)
    {
        var commit = $"the commit of {draft.Planned.Agent} ({draft.Planned.Subject})";
        var said = string.Join('\n', outcome.Output.TrimEnd().Split('\n').TakeLast(40));
        var what = (at, outcome.End) switch
        {
            ("" or HookScript.Done, _) => $"The commit hooks could not be run for {commit}",
            (_, CommandEnd.Exited) => $"The {at} hook refused {commit}",
            _ => $"The {at} hook did not end for {commit}",
        };
        var message = $"{what}; nothing was committed.{(said.Length > 0 ? $" It says:\n{said}" : "")}";
        if (at is "" or HookScript.Done || outcome.End is not CommandEnd.Exited)
            return new PlanlaneException(FaultKind.ChecksFailed, message, WithoutHooks(state));
        var refusal = new CommitRefusal(at, draft.Planned.Agent, draft.Planned.Task, said);
        return new CommitRefusedException(refusal, message, refusal.Comment is null ? WithoutHooks(state) : $"Send it to {refusal.Agent}: planlane review {state.Id}. {WithoutHooks(state)}");
    }

    private static string WithoutHooks(RunState state) => $"Try again: planlane resume {state.Id}; or pass the hooks by as git does: planlane resume {state.Id} --no-verify";

    [GeneratedRegex(@"^(.*?) ?<(.*)> (\d+ [+-]\d+)\z")]
    private static partial Regex Identity();
}
