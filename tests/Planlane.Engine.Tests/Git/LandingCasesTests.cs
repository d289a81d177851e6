using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Landings in repositories of rarer shapes; README.md beside this file lists all cases with their tests.</summary>
public sealed class LandingCasesTests
{
    private static readonly CancellationToken Token = TempRepository.Token;
    private static readonly RunId Run = new("7f3c2a");

    [Fact]
    public async Task EnsureRunnableAsync_UnbornBranch_IsRefusedWithWhatToDo()
    {
        await using var temp = await TempRepository.EmptyAsync();
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => temp.Repository.EnsureRunnableAsync(Token));
        Assert.Equal((FaultKind.Usage, "The repository has no commit yet."), (fault.Kind, fault.Message));
    }

    [Fact]
    public async Task WriteTreeAsync_FileOfOneAgentBecomesAFolderOfAnother_IsRefused()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var writer = new TreeWriter(temp.Objects);
        var blob = await temp.BlobAsync("x");
        var first = await writer.WriteTreeAsync(temp.TreeOf("HEAD"), [new(new("tool"), blob, FileModes.File)], Token);
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => writer.WriteTreeAsync(first, [new(new("tool/inner.txt"), blob, FileModes.File)], Token));
        Assert.Contains("is a file, and would become a folder without being deleted", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file", "FILE")]
    [InlineData("caf\u00e9", "cafe\u0301")]
    public async Task WriteTreeAsync_TwinsOfTwoAgents_AreRefused(string one, string other)
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var writer = new TreeWriter(temp.Objects);
        var blob = await temp.BlobAsync("x");
        var first = await writer.WriteTreeAsync(temp.TreeOf("HEAD"), [new(new(one), blob, FileModes.File)], Token);
        await Assert.ThrowsAsync<PlanlaneException>(() => writer.WriteTreeAsync(first, [new(new(other), blob, FileModes.File)], Token));
    }

    // As git-lfs does it: what is stored differs from what is in the work tree, in size too.
    [Fact]
    public async Task LandAsync_FilterDriver_WritesTheFilesThroughIt()
    {
        await using var temp = await TempRepository.EmptyAsync();
        temp.Git("config", "filter.boxed.clean", "sed -e 's/^<//' -e 's/>$//'");
        temp.Git("config", "filter.boxed.smudge", "sed -e 's/^/</' -e 's/$/>/'");
        temp.Git("config", "filter.boxed.required", "true");
        temp.Commit("base", (".gitattributes", "*.box filter=boxed\n"), ("old.box", "<one>\n"), ("plain.txt", "1\n"));
        var commit = await temp.PlannedAsync(("old.box", "two\n"), ("new.box", "three\n"), ("plain.txt", "2\n"));
        Assert.Equal(new LandingOutcome.Landed(commit), await LandAsync(temp, commit));
        Assert.Equal(("<two>\n", "<three>\n", "2\n"), (temp.Read("old.box"), temp.Read("new.box"), temp.Read("plain.txt")));
        AssertClean(temp, commit);
    }

    [Fact]
    public async Task LandAsync_SparseIndex_KeepsItsShape()
    {
        await using var temp = await TempRepository.WithAsync(("in/a.txt", "1"), ("out/deep/b.txt", "1"), ("out/c.txt", "1"), ("top.txt", "1"));
        temp.Git("sparse-checkout", "set", "--cone", "--sparse-index", "in");
        var commit = await temp.PlannedAsync(("in/a.txt", "2"), ("out/deep/b.txt", "2"), ("out/new.txt", "2"), ("top.txt", "2"));
        Assert.Equal(new LandingOutcome.Landed(commit), await LandAsync(temp, commit));
        AssertClean(temp, commit);
        Assert.Equal(("2", "2", false), (temp.Read("in/a.txt"), temp.Read("top.txt"), Directory.Exists(temp.Full("out"))));
    }

    [Fact]
    public async Task LandAsync_PartialClone_FetchesNothing()
    {
        await using var origin = await TempRepository.WithAsync(("a.txt", "1"), ("b.txt", "1"));
        origin.Git("config", "uploadpack.allowFilter", "true");
        origin.Commit("second", ("a.txt", "2"));
        await using var temp = await TempRepository.EmptyAsync();
        TempRepository.GitIn(temp.Outside, "clone", "-q", "--filter=blob:none", $"file://{origin.Root}", "partial");
        var root = Path.Combine(temp.Outside, "partial");
        foreach (var (key, value) in new[] { ("user.name", "Ada"), ("user.email", "ada@example.com"), ("commit.gpgsign", "false"), ("remote.origin.url", "file:///nothing/is/here") })
            TempRepository.GitIn(root, "config", key, value);
        var repository = await GitRepository.OpenAsync(root, TimeProvider.System, Token);
        await using var objects = new GitObjects(repository);
        var head = new ObjectId(TempRepository.GitIn(root, "rev-parse", "HEAD"));
        var tree = await new TreeWriter(objects).WriteTreeAsync(
            new ObjectId(TempRepository.GitIn(root, "rev-parse", "HEAD^{tree}")), [new(new("a.txt"), await objects.WriteBlobAsync("3"u8.ToArray(), Token), FileModes.File)], Token);
        var commit = (await new CommitBuilder(repository).CreateAsync(head, [new PlannedTreeCommit(tree, "x", [])], Token))[^1];

        Assert.Equal(new LandingOutcome.Landed(commit), await new Landing(repository).LandAsync(Run, "refs/heads/main", head, commit, Token));

        Assert.Equal(("3", ""), (File.ReadAllText(Path.Combine(root, "a.txt")), TempRepository.GitIn(root, "status", "--porcelain")));
    }

    [Fact]
    public async Task LandAsync_Reftable_Lands()
    {
        await using var temp = await TempRepository.EmptyAsync();
        Assert.SkipUnless(Record.Exception(() => temp.Git("init", "-q", "-b", "main", "--ref-format=reftable", "../reftable")) is null, "This git has no reftable (it is of git 2.45).");
        var root = Path.Combine(temp.Outside, "reftable");
        foreach (var (key, value) in new[] { ("user.name", "Ada"), ("user.email", "ada@example.com"), ("commit.gpgsign", "false") })
            TempRepository.GitIn(root, "config", key, value);
        File.WriteAllText(Path.Combine(root, "a.txt"), "1");
        TempRepository.GitIn(root, "add", "-A");
        TempRepository.GitIn(root, "commit", "-q", "-m", "base");
        var repository = await GitRepository.OpenAsync(root, TimeProvider.System, Token);
        await using var objects = new GitObjects(repository);
        var head = new ObjectId(TempRepository.GitIn(root, "rev-parse", "HEAD"));
        var tree = await new TreeWriter(objects).WriteTreeAsync(
            new ObjectId(TempRepository.GitIn(root, "rev-parse", "HEAD^{tree}")), [new(new("a.txt"), await objects.WriteBlobAsync("2"u8.ToArray(), Token), FileModes.File)], Token);
        var commit = (await new CommitBuilder(repository).CreateAsync(head, [new PlannedTreeCommit(tree, "x", [])], Token))[^1];

        Assert.Equal(new LandingOutcome.Landed(commit), await new Landing(repository).LandAsync(Run, "refs/heads/main", head, commit, Token));

        Assert.Equal(("2", commit.Value, ""), (File.ReadAllText(Path.Combine(root, "a.txt")), TempRepository.GitIn(root, "rev-parse", "HEAD"), TempRepository.GitIn(root, "status", "--porcelain")));
    }

    [Fact]
    public async Task LandAsync_GitFolderCannotBeWritten_SaysSoAndMovesNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "Rights do not hold the user of this machine.");
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        var before = temp.State();
        SetMode(temp.Full(".git"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            await Assert.ThrowsAnyAsync<Exception>(() => LandAsync(temp, commit));
        }
        finally
        {
            SetMode(temp.Full(".git"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.Equal(before, temp.State());
    }

    [Fact]
    public async Task StageAsync_OwnWorkElsewhere_StagesAndUnstageTakesItBack()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"), ("gone.txt", "1"), ("mine.txt", "1"));
        temp.Write("mine.txt", "mine");
        var (head, commit) = (temp.Head, await temp.PlannedAsync(("a.txt", "2"), ("gone.txt", null), ("new/b.txt", "2")));
        var files = temp.Files();

        Assert.Equal(new LandingOutcome.Landed(commit), await new Landing(temp.Repository).StageAsync(Run, "refs/heads/main", head, commit, Token));
        Assert.Equal((head, "M  a.txt\nD  gone.txt\n M mine.txt\nA  new/b.txt"), (temp.Head, temp.Git("status", "--porcelain")));

        Assert.Equal(new LandingOutcome.Landed(head), await new Landing(temp.Repository).UnstageAsync(Run, "refs/heads/main", head, commit, Token));
        Assert.Equal((head, " M mine.txt", files), (temp.Head, temp.Git("status", "--porcelain"), temp.Files()));
        Assert.Equal("", temp.Git("reflog", "-1", "--format=%gs", "--grep-reflog=planlane"));
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static Task<LandingOutcome> LandAsync(TempRepository temp, ObjectId commit) =>
        new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token);

    private static void AssertClean(TempRepository temp, ObjectId head) =>
        Assert.Equal((head, "", ""), (temp.Head, temp.Git("status", "--porcelain"), temp.Git("fsck", "--no-dangling", "--no-progress")));
}
