using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Commits;

/// <summary>Runs that change the repository's hooks: what agents wrote does not run with the user's rights, and puts nothing into a commit that nobody has seen.</summary>
public sealed class OwnHooksTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("reference-transaction", false)]
    [InlineData("reference-transaction", true)]
    [InlineData("post-commit", false)]
    [InlineData("post-commit", true)]
    public async Task Land_HookThatTheRunWrote_IsNotRun(string hook, bool isLink)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows hooks are not run.");
        using var repository = Hooked("tools/hook.sh", isLink ? null : $"hooks/{hook}");
        if (isLink)
            // As many repositories install theirs: a link from .git to a script that is committed, here by way of another link.
            Linked(repository, hook, "../../tools/link.sh", ("tools/link.sh", "hook.sh"));
        var ran = Path.Combine(repository.Folder, "ran.txt");

        var state = await RunAsync(repository, isLink ? "tools/hook.sh" : $"hooks/{hook}", "#!/bin/sh\ntouch ran.txt\n", LandingPolicy.Default);

        Assert.Equal(new RunEnd(RunOutcome.Completed, null), state.End);
        Assert.Contains("touch ran.txt", repository.Read(isLink ? "tools/hook.sh" : $"hooks/{hook}"), StringComparison.Ordinal);
        Assert.False(File.Exists(ran));
        // It would have been run, had the run not changed it: the user's own git does.
        repository.Git("commit", "-q", "--allow-empty", "-m", "By hand");
        Assert.True(File.Exists(ran));
    }

    [Theory]
    [InlineData("../tools/hooks", "../lib/pc.sh")]
    [InlineData("../tools/link", "../lib/pc.sh")]
    public async Task Land_ScriptThatALinkedFolderLinksTo_IsNotRun(string folder, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows hooks are not run.");
        using var repository = Hooked("tools/lib/pc.sh");
        Directory.CreateDirectory(Path.Combine(repository.Folder, "tools/hooks"));
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "tools/hooks/post-commit"), script);
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "tools/link"), "hooks");
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "Links");
        Directory.Delete(Path.Combine(repository.Folder, ".git/hooks"), recursive: true);
        File.CreateSymbolicLink(Path.Combine(repository.Folder, ".git/hooks"), folder);

        var state = await RunAsync(repository, "tools/lib/pc.sh", "#!/bin/sh\ntouch ran.txt\n", LandingPolicy.Default);

        Assert.Equal(new RunEnd(RunOutcome.Completed, null), state.End);
        Assert.False(File.Exists(Path.Combine(repository.Folder, "ran.txt")));
        repository.Git("commit", "-q", "--allow-empty", "-m", "By hand");
        Assert.True(File.Exists(Path.Combine(repository.Folder, "ran.txt")));
    }

    [Theory]
    [InlineData(LandingForm.Commits, false)]
    [InlineData(LandingForm.Commits, true)]
    [InlineData(LandingForm.Staged, false)]
    public async Task UndoAndRedo_HookThatTheRunWrote_IsNotRun(LandingForm form, bool othersCameAfter)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows hooks are not run.");
        const string Hook = "hooks/reference-transaction";
        using var repository = Hooked("tools/other.sh", Hook);
        repository.Git("config", "core.hooksPath", "hooks");
        var ran = Path.Combine(repository.Folder, "ran.txt");
        var state = await RunAsync(repository, Hook, "#!/bin/sh\ntouch ran.txt\n", new LandingPolicy { Form = form });
        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        if (othersCameAfter)
            repository.CommitFile("other.txt", "theirs\n");
        File.Delete(ran);
        var service = await new RunHarness(repository, new ScriptedModel(Script.Answer)).OpenAsync(Token);

        await service.UndoAsync(state.Id, Token);
        Assert.Equal((false, false), (repository.Read(Hook).Contains("touch ran.txt", StringComparison.Ordinal), File.Exists(ran)));
        if (othersCameAfter)
            repository.CommitFile("another.txt", "theirs\n");

        await service.RedoAsync(state.Id, Token);
        Assert.Equal((true, false), (repository.Read(Hook).Contains("touch ran.txt", StringComparison.Ordinal), File.Exists(ran)));
    }

    [Fact]
    public async Task Land_PreCommitThatTheRunWroteStagesAFile_LandsNothingAndNoVerifyLandsWithoutIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows hooks are not run.");
        using var repository = Hooked("hooks/pre-commit");
        var before = repository.VisibleState();

        var state = await RunAsync(repository, "hooks/pre-commit", "#!/bin/sh\necho planted > planted.txt\ngit add planted.txt\n", LandingPolicy.Default);

        Assert.Equal(FaultKind.ChecksFailed, state.Halt?.Kind);
        Assert.Matches("^The run changed the repository's hooks, and in the commit of Agent-[12] they changed planted.txt; nothing was committed.\\z", state.Halt!.Message);
        Assert.Equal(before, repository.VisibleState());

        var landed = await new RunHarness(repository, new ScriptedModel(Script.Answer)).ResumeAsync(new RunResumed(null) { Landing = new LandingPolicy { SkipsHooks = true } }, state.Id, Token);
        Assert.Equal((RunOutcome.Completed, false), (landed.End?.Outcome, File.Exists(Path.Combine(repository.Folder, "planted.txt"))));
    }

    [Theory]
    [InlineData("git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),vendored", "vendored")]
    [InlineData("git update-index --add --cacheinfo 100644,$(git rev-parse 'HEAD^{tree}'),tree.txt", "tree.txt")]
    public async Task Land_PreCommitStagesWhatIsNoFile_LandsNothing(string staging, string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows hooks are not run.");
        using var repository = Script.Repository();
        repository.Hook("pre-commit", staging);
        var before = repository.VisibleState();

        var state = await new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(FaultKind.ChecksFailed, state.Halt?.Kind);
        Assert.StartsWith($"The pre-commit hook staged {path} in the commit of Plan as something that is no file", state.Halt!.Message, StringComparison.Ordinal);
        Assert.Equal(before, repository.VisibleState());
        Assert.Equal("", repository.Git("fsck", "--no-dangling", "--no-progress"));
    }

    // A repository whose committed hook does nothing.
    private static TempRepository Hooked(string script, string? hook = null)
    {
        var repository = TempRepository.With(("src/app.txt", "app\n"));
        foreach (var path in new[] { script, hook }.OfType<string>())
            repository.Script(path, "exit 0");
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "Hooks");
        if ((hook ?? script).StartsWith("hooks/", StringComparison.Ordinal))
            repository.Git("config", "core.hooksPath", "hooks");
        return repository;
    }

    private static void Linked(TempRepository repository, string hook, string target, (string Path, string Target) between)
    {
        File.CreateSymbolicLink(Path.Combine(repository.Folder, between.Path), between.Target);
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "Link");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, ".git/hooks", hook), target);
    }

    private static Task<RunState> RunAsync(TempRepository repository, string path, string text, LandingPolicy landing)
    {
        var model = new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(Script.Document(Script.Task("hook", path, []), Script.Task("docs", "docs/greeter.md", [])).Replace("@check", "true")),
            { Task: "hook" } => ScriptedAnswer.Writes(path, text).AndFinishes("Wrote the hook"),
            _ => Script.Answer(request),
        });
        return new RunHarness(repository, model).RunAsync(Script.Request, RunHarness.Settings with { Landing = landing }, cancellationToken: Token);
    }
}
