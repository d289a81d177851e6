using Planlane.Git;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Testing;
using TempRepository = Planlane.Testing.TempRepository;

namespace Planlane.Hostile;

/// <summary>Whole runs in repositories whose git settings, hooks and attributes name programs: none is started by surprise.</summary>
public sealed class PlantedSettingsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_EverySettingThatNamesAProgram_StartsNone()
    {
        using var repository = Script.Repository();
        var plant = new Plant(repository);
        repository.Write(".gitattributes", "* diff=evil merge=evil\n");
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "Attributes");
        plant.SignedCommit();
        plant.Hook(withTransactions: false);
        string[] commands =
        [
            "core.fsmonitor", "core.sshCommand", "core.gitProxy", "core.pager", "pager.diff", "pager.log", "pager.status", "core.editor", "sequence.editor", "core.askPass", "core.alternateRefsCommand",
            "diff.external", "diff.evil.command", "diff.evil.textconv", "merge.evil.driver", "interactive.diffFilter", "gpg.program", "gpg.ssh.program", "gpg.x509.program", "gpg.ssh.defaultKeyCommand",
            "trailer.planlane-run.command", "trailer.planlane-run.cmd", "uploadpack.packObjectsHook", "hook.evil.command", "difftool.evil.cmd", "mergetool.evil.cmd", "browser.evil.cmd", "man.evil.cmd",
        ];
        foreach (var key in commands)
            plant.Set(key);
        foreach (var key in new[] { "credential.helper", "submodule.sub.update", "alias.status", "alias.diff-tree", "alias.add", "alias.log" })
            plant.Set(key, "!");
        foreach (var (key, value) in new[]
        {
            ("log.showSignature", "true"), ("hook.evil.event", "post-index-change"), ("merge.default", "evil"), ("diff.submodule", "log"), ("status.submoduleSummary", "true"), ("submodule.recurse", "true"),
        })
            repository.Git("config", key, value);
        repository.Write(".git/planted/more", $"[core]\n\tfsmonitor = {plant.Command("include.path")}\n");
        repository.Git("config", "include.path", "planted/more");
        repository.Write("README.md", "# Changed\n");
        plant.Forget();

        var state = await LandAndUndoAsync(repository, new ScriptedModel(Script.Answer));

        Assert.Equal((RunOutcome.Completed, true), (state.End?.Outcome, state.IsUndone));
        Assert.Empty(plant.Marks.Except(Plant.HooksOfCommits));
    }

    [Fact]
    public async Task Run_EveryHook_RunsThoseOfCommitsAndOfRefTransactionsOnly()
    {
        using var repository = Script.Repository();
        var plant = new Plant(repository);
        plant.Hook(withTransactions: true);

        var state = await LandAndUndoAsync(repository, new ScriptedModel(Script.Answer));

        Assert.Equal((RunOutcome.Completed, true), (state.End?.Outcome, state.IsUndone));
        Assert.Equal(["reference-transaction"], plant.Marks.Except(Plant.HooksOfCommits));
        Assert.Contains("post-commit", plant.Marks);
    }

    [Fact]
    public async Task Run_FiltersOfTheUser_RunWhereGitAddAndCheckoutRunThemAndNowhereElse()
    {
        using var repository = Script.Repository();
        Assert.SkipUnless(repository.Git("config", "--default", "", "--get", "filter.lfs.process").Length == 0, "git-lfs is installed for all repositories of this machine: its own program goes before the planted ones.");
        repository.Write(".gitattributes", "src/app.txt filter=mine\nREADME.md filter=lfs\n");
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "Attributes");
        var plant = new Plant(repository);
        foreach (var (key, mark) in new[] { ("filter.mine.clean", "clean"), ("filter.mine.smudge", "smudge"), ("filter.lfs.smudge", "lfs-smudge"), ("filter.lfs.clean", "lfs-clean") })
            repository.Git("config", key, plant.Filter(mark));
        repository.Git("config", "filter.mine.required", "true");
        repository.Write("src/app.txt", "mine\n");
        repository.Write("README.md", "# Mine\n");
        var marks = new List<string>();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer))
        {
            OnReview = _ =>
            {
                marks.AddRange(plant.Marks);
                return new ReviewDecision.Approved([]);
            },
        };

        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);

        // The snapshot of changed files is as `git add`; checks ran in a checkout, which nothing may smudge.
        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(["clean", "lfs-clean"], marks);
    }

    [Fact]
    public async Task Run_AttributesOfAnAgent_SetNoProgramGoingBeforeTheYes()
    {
        using var repository = Script.Repository();
        var plant = new Plant(repository);
        foreach (var name in new[] { "clean", "smudge" })
            repository.Git("config", $"filter.mine.{name}", plant.Filter($"filter-{name}"));
        foreach (var key in new[] { "diff.mine.command", "diff.mine.textconv", "merge.mine.driver" })
            plant.Set(key);
        var harness = new RunHarness(repository, new ScriptedModel(request => ScriptedAnswer.Writes(".gitattributes", "* filter=mine diff=mine merge=mine\n[attr]all filter=mine\n")
            .AndWrites("src/.gitattributes", "* filter=mine\n").AndWrites("docs/greeter.md", "a\n").AndCalls("search", new { pattern = "greet" }).AndFinishes("Wrote it")))
        {
            OnReview = _ => null,
        };

        var state = await harness.RunAsync(Script.Request, RunHarness.Settings with { Mode = RunMode.Single, Checks = [new("test", "test -f docs/greeter.md")] }, cancellationToken: Token);
        var service = await harness.OpenAsync(Token);
        var diff = (await service.DiffsAsync(state, Token)).SelectMany(agent => agent.Files).SelectMany(file => file.Lines);
        await using var door = service.OpenReviews();
        var review = await door.ReadAsync(state, Token);
        foreach (var file in review.AllFiles)
            Assert.NotEmpty(await door.HunksAsync(file, Token));
        await door.DecisionAsync(state, review, new ReviewSelection([new ReviewTarget(state.Tasks[0].Id, new("src/.gitattributes"), ["1"])], []), Token);

        Assert.Equal(RunWait.ReviewDecision, state.Waiting);
        Assert.Contains("+* filter=mine diff=mine merge=mine", diff);
        Assert.Empty(plant.Marks);
    }

    [Fact]
    public async Task Run_SubmodulesNestedRepositoriesAndHostileUrls_StartNothing()
    {
        using var repository = Script.Repository();
        var plant = new Plant(repository);
        repository.Write("nested/.git/HEAD", "ref: refs/heads/main\n");
        Nest(repository, plant, "nested");
        Nest(repository, plant, "sub");
        repository.Git("add", "sub");
        repository.Write(".gitmodules", $"[submodule \"sub\"]\n\tpath = sub\n\turl = ext::{plant.Command("url")}\n\tupdate = !{plant.Command("update")}\n[submodule \"../../x\"]\n\tpath = -u\n\turl = -u{plant.Command("option")}\n");
        repository.Git("add", ".gitmodules", "sub");
        repository.Git("commit", "-q", "-m", "Submodule");
        repository.Write("sub/new.txt", "changed\n");
        plant.Forget();

        var state = await LandAndUndoAsync(repository, new ScriptedModel(Script.Answer));

        Assert.Equal((RunOutcome.Completed, true), (state.End?.Outcome, state.IsUndone));
        Assert.Empty(plant.Marks);
    }

    [Fact]
    public async Task Read_ObjectThatAPartialCloneLacks_FetchesNothing()
    {
        using var repository = Script.Repository();
        var plant = new Plant(repository);
        var missing = repository.Git("rev-parse", "HEAD:README.md");
        File.Delete(Path.Combine(repository.Folder, ".git", "objects", missing[..2], missing[2..]));
        foreach (var (key, value) in new[]
        {
            ("core.repositoryFormatVersion", "1"), ("extensions.partialClone", "origin"), ("remote.origin.promisor", "true"), ("remote.origin.partialCloneFilter", "blob:none"),
            ("remote.origin.url", $"ext::{plant.Command("url")}"), ("protocol.ext.allow", "always"), ("protocol.allow", "always"),
        })
            repository.Git("config", key, value);

        var opened = await GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token);
        await using var objects = new GitObjects(opened);
        await Assert.ThrowsAsync<GitException>(() => objects.ReadBlobAsync(new(missing), Token));

        repository.Git("config", "remote.origin.url", repository.Folder);
        plant.Set("remote.origin.uploadpack");
        await Assert.ThrowsAsync<GitException>(() => objects.ReadBlobAsync(new(missing), Token));
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => opened.EnsureRunnableAsync(Token));
        Assert.Equal("This is a partial clone that lacks 1 of the files of HEAD, and nothing is fetched during a run.", fault.Message);
        Assert.Empty(plant.Marks);
    }

    [Fact]
    public async Task Cli_HooksThatAreSettings_AreTurnedOffUnlessACallWantsHooks()
    {
        using var repository = Script.Repository();
        foreach (var name in new[] { "evil", "a=b.c d" })
        {
            repository.Git("config", $"hook.{name}.command", "false");
            repository.Git("config", $"hook.{name}.event", "post-index-change");
        }

        var cli = (await GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token)).Cli;

        foreach (var name in new[] { "evil", "a=b.c d" })
        {
            Assert.Equal("false", await cli.TextAsync(new GitCall("config", "--get", $"hook.{name}.enabled"), Token));
            Assert.Equal(1, (await cli.RunAsync(new GitCall("config", "--get", $"hook.{name}.enabled") { Hooks = true, Accepted = [0, 1] }, Token)).ExitCode);
        }
    }

    [Fact]
    public async Task FiltersOff_LfsByItsOwnProgramOnly_IsLeftOn()
    {
        using var repository = TempRepository.With((".gitattributes", "*.bin filter=lfs\n"), ("a.bin", "a\n"));
        var plant = new Plant(repository);
        repository.Git("config", "filter.lfs.clean", "git-lfs clean -- %f");
        repository.Git("config", "filter.lfs.smudge", $"git-lfs smudge -- %f; {plant.Command("smudge")}");
        var opened = await GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token);

        var off = await opened.FiltersOffAsync(Token);

        Assert.Contains("filter.lfs.smudge=", off);
    }

    // A repository of its own with everything that would run in it.
    private static void Nest(TempRepository repository, Plant plant, string folder)
    {
        var full = Path.Combine(repository.Folder, folder);
        Directory.CreateDirectory(full);
        repository.Git("-C", full, "init", "-q", "-b", "main");
        foreach (var key in new[] { "core.fsmonitor", "core.pager", "diff.external", "core.sshCommand" })
            repository.Git("-C", full, "config", key, plant.Command($"{folder}-{key}"));
        repository.Git("-C", full, "-c", "core.fsmonitor=false", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "Nested");
        foreach (var hook in new[] { "post-index-change", "post-checkout", "pre-commit" })
            repository.Write($"{folder}/.git/hooks/{hook}", $"#!/bin/sh\n{plant.Command($"{folder}-{hook}")}\n");
    }

    private static async Task<RunState> LandAndUndoAsync(TempRepository repository, ScriptedModel model)
    {
        var harness = new RunHarness(repository, model);
        var service = await harness.OpenAsync(Token);
        await service.MapAsync(RequestText.Parse(Script.Request), [], Token);
        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);
        Assert.NotNull(state.Work);
        await service.DiffsAsync(state, Token);
        await service.UndoAsync(state.Id, Token);
        return await service.LoadAsync(state.Id, Token);
    }
}
