using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Commits;

/// <summary>The repository's commit hooks in whole runs.</summary>
public sealed class CommitHooksTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Land_AllHooks_RunForEachCommitOnItsFilesAndPostCommitOnce()
    {
        using var repository = Script.Repository();
        repository.Hook("pre-commit", """
            echo "$(git rev-parse --abbrev-ref HEAD): $(git log -1 --format=%s) + $(git diff --cached --name-only | tr '\n' ' ')" >> "$PWD/seen.txt"
            git add -f seen.txt
            """);
        repository.Hook("prepare-commit-msg", "echo \"Prepared: $2\" >> \"$1\"");
        repository.Hook("commit-msg", "grep -q Planlane-Run: \"$1\" && sed -i '1s/$/ (T-1)/' \"$1\"");
        repository.Hook("post-commit", "git log -1 --format=%s >> .git/after.txt");
        repository.Write("src/app.txt", "edited by the user\n");

        var state = await new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(new RunEnd(RunOutcome.Completed, null), state.End);
        Assert.Equal(
            ["[Agent-3] Add docs (T-1)", "[Agent-2] Add greeter (T-1)", "[Agent-1] Add formatter (T-1)", "[Plan] Add shared contracts (T-1)", "Start"],
            repository.Git("log", "--format=%s").Split('\n'));
        Assert.Equal("Prepared: message", repository.Git("log", "-1", "--format=%b").Split('\n')[^1]);
        Assert.Equal(
            [
                "main: Start + src/contract.txt ",
                "main: [Plan] Add shared contracts (T-1) + src/formatter.txt ",
                "main: [Agent-1] Add formatter (T-1) + src/greeter.txt ",
                "main: [Agent-2] Add greeter (T-1) + docs/greeter.md ",
            ],
            repository.Read("seen.txt").TrimEnd('\n').Split('\n'));
        Assert.Equal("[Agent-3] Add docs (T-1)\n", repository.Read(".git/after.txt"));
        Assert.All(state.Receipt!.Commits, commit => Assert.Equal([new("seen.txt")], commit.ChangedByHooks));
        Assert.Equal(" M src/app.txt", repository.Git("status", "--porcelain"));
        Assert.Equal("", repository.Git("fsck", "--no-dangling", "--no-progress"));
    }

    [Fact]
    public async Task Land_PreCommitFormatsAndStages_IsPartOfThatCommitAndCheckedAgain()
    {
        using var repository = Script.Repository();
        repository.Hook("pre-commit", "for file in $(git diff --cached --name-only -- src); do tr a-z A-Z < $file > t && cat t > $file && git add $file; done; rm -f t; echo left > unstaged.txt");

        var state = await new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(("FORMATTER: DONE\n", "docs: done\n"), (repository.Read("src/formatter.txt"), repository.Read("docs/greeter.md")));
        Assert.Equal("src/formatter.txt", repository.Git("show", "--name-only", "--format=", "HEAD~2"));
        Assert.Equal(("", false), (repository.Git("status", "--porcelain"), File.Exists(Path.Combine(repository.Folder, "unstaged.txt"))));
    }

    [Fact]
    public async Task Land_HookBreaksACheck_LandsNothing()
    {
        using var repository = Script.Repository();
        repository.Hook("pre-commit", "[ -f docs/greeter.md ] && git rm -q -f docs/greeter.md; true");
        var before = repository.VisibleState();

        var state = await new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(FaultKind.ChecksFailed, state.Halt?.Kind);
        Assert.StartsWith("The repository's hooks changed docs/greeter.md, and the check test fails on that; nothing was committed.", state.Halt!.Message, StringComparison.Ordinal);
        Assert.Equal(before, repository.VisibleState());
    }

    [Theory]
    [InlineData("pre-commit")]
    [InlineData("commit-msg")]
    [InlineData("prepare-commit-msg")]
    public async Task Land_HookRefusesOneCommit_LandsNothingAndSaysWhose(string name)
    {
        using var repository = Script.Repository();
        repository.Hook(name, "[ ! -f src/greeter.txt ] || { echo \"too quiet\"; echo \"and short\" >&2; exit 3; }");
        var before = repository.VisibleState();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));

        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(
            new RunHalt(
                FaultKind.ChecksFailed,
                $"The {name} hook refused the commit of Agent-2 ([Agent-2] Add greeter); nothing was committed. It says:\ntoo quiet\nand short",
                $"{(name == "pre-commit" ? $"Send it to Agent-2: planlane review {state.Id}. " : "")}Try again: planlane resume {state.Id}; or pass the hooks by as git does: planlane resume {state.Id} --no-verify"),
            state.Halt);
        Assert.Equal(before, repository.VisibleState());

        // As git's own --no-verify, which passes by these two and not prepare-commit-msg.
        var again = await harness.ResumeAsync(new RunResumed(null) { Landing = state.Settings.Landing with { SkipsHooks = true } }, state.Id, Token);
        Assert.Equal(name == "prepare-commit-msg" ? null : RunOutcome.Completed, again.End?.Outcome);
    }

    [Fact]
    public async Task Land_HookRefusesACommit_GoesBackToItsAgentWhenTheReviewerSaysSo()
    {
        using var repository = Script.Repository();
        repository.Hook("pre-commit", "[ ! -f src/greeter.txt ] || grep -q louder src/greeter.txt || { echo \"src/greeter.txt: too quiet\"; exit 1; }");
        var asked = new List<string>();
        var model = new ScriptedModel(request =>
        {
            if (request is not { Task: "greeter", Turns: > 0 })
                return Script.Answer(request);
            asked.Add(request.Texts[^1]);
            return Script.Written("src/greeter.txt", "greeter", "louder\n");
        });
        var reviews = 0;
        var harness = new RunHarness(repository, model)
        {
            OnReview = state =>
            {
                reviews++;
                return state.Refusal?.Comment is { } comment ? new Reviews.ReviewDecision.ChangesRequested([comment]) : new Reviews.ReviewDecision.Approved([]);
            },
        };
        var refused = await harness.RunAsync(Script.Request, cancellationToken: Token);
        Assert.Equal(new CommitRefusal("pre-commit", new("Agent-2"), new("greeter"), "src/greeter.txt: too quiet"), refused.Refusal);

        var state = await harness.ResumeAsync(new RunResumed(null) { Review = true }, refused.Id, Token);

        Assert.Equal((new RunEnd(RunOutcome.Completed, null), 3), (state.End, reviews));
        Assert.Contains("It says:\nsrc/greeter.txt: too quiet", Assert.Single(asked), StringComparison.Ordinal);
        Assert.Equal(("greeter: louder\n", 4), (repository.Read("src/greeter.txt"), state.Receipt!.Commits.Count));
    }

    [Fact]
    public async Task Land_HooksPathInTheWorkTreeWithIgnoredScripts_RunsThem()
    {
        // As husky lays them out.
        using var repository = TempRepository.With((".husky/pre-commit", "echo checked >> checked.txt; git add checked.txt\n"), ("README.md", "# Sample\n"), ("src/app.txt", "app\n"));
        repository.Write(".husky/_/.gitignore", "*");
        repository.Script(".husky/_/pre-commit", "sh -e \"$(dirname \"$(dirname \"$0\")\")/pre-commit\"");
        repository.Git("config", "core.hooksPath", ".husky/_");

        var state = await new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("checked\nchecked\nchecked\nchecked\n", repository.Read("checked.txt"));
    }

    [Fact]
    public async Task Land_HooksPathElsewhere_RunsThemWithTheFilesBesideThem()
    {
        using var repository = Script.Repository();
        var hooks = Directory.CreateTempSubdirectory("planlane-test-").FullName;
        Directory.CreateDirectory(Path.Combine(hooks, "lib"));
        File.WriteAllText(Path.Combine(hooks, "lib", "words.sh"), "words='from the library'\n");
        repository.Script(Path.Combine(hooks, "pre-commit"), ". \"$(dirname \"$0\")/lib/words.sh\"; echo \"$words\" > words.txt; git add words.txt");
        repository.Git("config", "core.hooksPath", hooks);

        var state = await new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, cancellationToken: Token);

        Directory.Delete(hooks, recursive: true);
        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("from the library\n", repository.Read("words.txt"));
    }

    [Fact]
    public async Task Land_HookTriesToReachTheUsersRepository_SeesOnlyTheWorkspaces()
    {
        using var repository = Script.Repository();
        repository.Hook("pre-commit", "echo planted > .git/hooks/post-checkout; git config core.fsmonitor planted; git branch planted; git tag planted; echo x > ../outside 2>/dev/null; true");

        var state = await new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("refs/heads/main", repository.Git("for-each-ref", "--format=%(refname)"));
        Assert.Equal(("", false), (repository.Git("config", "--default", "", "core.fsmonitor"), File.Exists(Path.Combine(repository.Folder, ".git/hooks/post-checkout"))));
    }

    [Fact]
    public async Task Land_RunChangesTheHooks_DoesNotRunPostCommit()
    {
        using var repository = TempRepository.With(("src/app.txt", "app\n"));
        repository.Script("hooks/post-commit", "touch ran.txt");
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "Hooks");
        repository.Git("config", "core.hooksPath", "hooks");
        var model = new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(Script.Document(Script.Task("hook", "hooks/lib.sh", []), Script.Task("docs", "docs/greeter.md", [])).Replace("@check", "true")),
            { Task: "hook" } => Script.Written("hooks/lib.sh", "hook"),
            _ => Script.Answer(request),
        });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(["The post-commit hook was not run, as this run changed the repository's hooks."], state.Receipt!.Notes);
        Assert.False(File.Exists(Path.Combine(repository.Folder, "ran.txt")));
    }
}
