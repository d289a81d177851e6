using System.Text;
using Planlane.Values;

namespace Planlane.Git;

public sealed class LandingTests
{
    private static readonly CancellationToken Token = TempRepository.Token;
    private static readonly RunId Run = new("7f3c2a");

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task LandAsync_AddEditDelete_MovesBranchIndexAndFiles(string format)
    {
        await using var temp = await TempRepository.EmptyAsync(format);
        temp.Commit("base", ("edit.txt", "1"), ("folder/gone.txt", "1"), ("same.txt", "1"));
        var commit = await temp.PlannedAsync(("edit.txt", "2"), ("folder/gone.txt", null), ("new/é odd.txt", "2"));

        var outcome = await LandAsync(temp, commit);

        Assert.Equal(new LandingOutcome.Landed(commit), outcome);
        AssertClean(temp, commit);
        Assert.Equal(("2", "2", false), (temp.Read("edit.txt"), temp.Read("new/é odd.txt"), Directory.Exists(temp.Full("folder"))));
        Assert.Equal("planlane: land run 7f3c2a", temp.Git("log", "-g", "-1", "--format=%gs"));
        Assert.Equal("refs/heads/main", temp.Git("for-each-ref", "--format=%(refname)"));
        Assert.Equal(["landing.lock"], Directory.GetFiles(temp.Full(".git/planlane")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task LandAsync_OwnWorkElsewhere_StaysByteForByte()
    {
        await using var temp = await TempRepository.WithAsync(
            (".gitignore", "*.log\n"), ("landed.txt", "1"), ("staged.txt", "1"), ("edited.txt", "1"), ("both.txt", "1"), ("gone.txt", "1"), ("unstaged-gone.txt", "1"));
        temp.Write("staged.txt", "mine");
        temp.Write("both.txt", "staged");
        temp.Write("new-staged.txt", "mine");
        temp.Git("add", "-A");
        temp.Git("rm", "-q", "gone.txt");
        temp.Write("both.txt", "unstaged");
        temp.Write("edited.txt", "mine");
        temp.Write("untracked/a.txt", "mine");
        temp.Write("build.log", "mine");
        File.Delete(temp.Full("unstaged-gone.txt"));
        var status = temp.Git("status", "--porcelain=v2", "--ignored", "-uall").Split('\n');
        var commit = await temp.PlannedAsync(("landed.txt", "2"), ("untracked/b.txt", "2"));

        Assert.Equal(new LandingOutcome.Landed(commit), await LandAsync(temp, commit));

        Assert.Equal(status, temp.Git("status", "--porcelain=v2", "--ignored", "-uall").Split('\n'));
        Assert.Equal("staged", temp.Git("show", ":both.txt"));
        Assert.Equal(
            ["2", "mine", "unstaged", "mine", "mine", "mine", "2"],
            new[] { "landed.txt", "staged.txt", "both.txt", "edited.txt", "untracked/a.txt", "build.log", "untracked/b.txt" }.Select(temp.Read));
    }

    [Theory]
    [InlineData("edited")]
    [InlineData("same edit")]
    [InlineData("staged")]
    [InlineData("staged away")]
    [InlineData("deleted")]
    [InlineData("mode")]
    [InlineData("untracked")]
    [InlineData("ignored")]
    [InlineData("file on the way")]
    [InlineData("folder in place of the file")]
    [InlineData("link on the way")]
    [InlineData("dangling link")]
    [InlineData("tracked folder replaced by a link")]
    [InlineData("intent to add")]
    [InlineData("assumed unchanged")]
    public async Task LandAsync_OwnWorkInTheWay_IsRefusedAndNothingMoves(string situation)
    {
        await using var temp = await TempRepository.WithAsync((".gitignore", "*.log\n"), ("edit.txt", "1\n"), ("folder/old.txt", "1"));
        var commit = await temp.PlannedAsync(("edit.txt", "2\n"), ("new.txt", "2"), ("new.log", "2"), ("deep/er/new.txt", "2"), ("folder/old.txt", "2"));
        var paths = Arrange(temp, situation);
        await temp.Repository.SetRefAsync(GitRepository.PrivateRef(Run, "landing"), commit, Token);
        var before = temp.State();

        var refused = Assert.IsType<LandingOutcome.Refused>(await LandAsync(temp, commit));

        Assert.Equal((RefusalKind.UserChangesInTheWay, paths), (refused.Kind, string.Join(' ', refused.Paths)));
        Assert.Equal(before, temp.State());
    }

    [Fact]
    public async Task LandAsync_BranchMoved_IsRefused()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var (old, commit) = (temp.Head, await temp.PlannedAsync(("a.txt", "2")));
        temp.Commit("meanwhile", ("b.txt", "1"));
        await AssertRefusedAsync(temp, RefusalKind.HeadMoved, old, commit);
    }

    [Theory]
    [InlineData("switch", "-q", "-c", "other")]
    [InlineData("switch", "-q", "--detach")]
    public async Task LandAsync_OtherBranch_IsRefused(params string[] command)
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        temp.Git(command);
        await AssertRefusedAsync(temp, RefusalKind.BranchSwitched, temp.Head, commit);
    }

    [Fact]
    public async Task LandAsync_DetachedHead_MovesHeadOnly()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var (old, commit) = (temp.Head, await temp.PlannedAsync(("a.txt", "2")));
        temp.Git("switch", "-q", "--detach");
        Assert.Equal(new LandingOutcome.Landed(commit), await new Landing(temp.Repository).LandAsync(Run, null, old, commit, Token));
        AssertClean(temp, commit);
        Assert.Equal(old.Value, temp.Git("rev-parse", "main"));
    }

    [Theory]
    [InlineData("index.lock")]
    [InlineData("HEAD.lock")]
    [InlineData("refs/heads/main.lock")]
    public async Task LandAsync_LockHeld_IsRefusedAndTheLockStays(string name)
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        File.WriteAllText(temp.Full($".git/{name}"), "");
        await AssertRefusedAsync(temp, RefusalKind.IndexLocked, temp.Head, commit);
    }

    [Fact]
    public async Task LandAsync_MergeInProgressEvenResolved_IsRefused()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"), ("b.txt", "1"));
        temp.Git("switch", "-q", "-c", "side");
        temp.Commit("side", ("b.txt", "2"));
        temp.Git("switch", "-q", "main");
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        temp.Git("merge", "-q", "--no-ff", "--no-commit", "side");
        await AssertRefusedAsync(temp, RefusalKind.OperationInProgress, temp.Head, commit);
    }

    [Fact]
    public async Task LandAsync_BranchCheckedOutElsewhere_IsRefused()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        temp.Git("worktree", "add", "-q", "--force", Path.Combine(temp.Outside, "linked"), "main");
        await AssertRefusedAsync(temp, RefusalKind.CheckedOutElsewhere, temp.Head, commit);
    }

    [Fact]
    public async Task LandAsync_InALinkedWorkTree_MovesOnlyItsBranch()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var linked = Path.Combine(temp.Outside, "linked");
        temp.Git("worktree", "add", "-q", linked, "-b", "side");
        var (old, commit) = (temp.Head, await temp.PlannedAsync(("a.txt", "2"), ("b.txt", "2")));
        var before = temp.Files();
        var repository = await GitRepository.OpenAsync(linked, TimeProvider.System, Token);

        Assert.Equal(new LandingOutcome.Landed(commit), await new Landing(repository).LandAsync(Run, "refs/heads/side", old, commit, Token));

        Assert.Equal((before, old, ""), (temp.Files(), temp.Head, temp.Git("status", "--porcelain")));
        Assert.Equal((commit.Value, ""), (TempRepository.GitIn(linked, "rev-parse", "HEAD"), TempRepository.GitIn(linked, "status", "--porcelain")));
    }

    [Theory]
    [InlineData(1, RefusalKind.HookVetoed)]
    [InlineData(0, null)]
    public async Task LandAsync_ReferenceTransactionHook_RunsAndMayVeto(int exitCode, RefusalKind? expected)
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        TempRepository.WriteScript(temp.Full(".git/hooks/reference-transaction"), $"echo noise; echo $1 >> \"{temp.Outside}/ran\"; exit {exitCode}\n");
        var outcome = await LandAsync(temp, commit);
        File.Delete(temp.Full(".git/hooks/reference-transaction"));
        Assert.Equal(expected, (outcome as LandingOutcome.Refused)?.Kind);
        Assert.StartsWith("prepared", File.ReadAllText(Path.Combine(temp.Outside, "ran")), StringComparison.Ordinal);
        AssertClean(temp, expected is null ? commit : temp.Head);
    }

    [Fact]
    public async Task LandAsync_CommitHooks_DoNotRun()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        foreach (var hook in new[] { "pre-commit", "commit-msg", "post-checkout", "post-commit", "post-index-change", "post-merge" })
            TempRepository.WriteScript(temp.Full($".git/hooks/{hook}"), $"touch \"{temp.Outside}/ran\"\nexit 1\n");
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        Assert.Equal(new LandingOutcome.Landed(commit), await LandAsync(temp, commit));
        Assert.False(File.Exists(Path.Combine(temp.Outside, "ran")));
    }

    [Fact]
    public async Task LandAsync_ModesLinksBinaryEmptyAndOddNames_AreWritten()
    {
        await using var temp = await TempRepository.WithAsync(("plain.sh", "1"), ("link-to-file", "1"));
        var writer = new TreeWriter(temp.Objects);
        byte[] binary = [0, 1, 255, 13, 10];
        var tree = await writer.WriteTreeAsync(
            temp.TreeOf("HEAD"),
            [
                new(new("plain.sh"), await temp.BlobAsync("1"), FileModes.Executable),
                new(new("link-to-file"), await temp.BlobAsync("plain.sh"), FileModes.SymbolicLink),
                new(new("a.bin"), await temp.Objects.WriteBlobAsync(binary, Token), FileModes.File),
                new(new("empty"), await temp.BlobAsync(""), FileModes.File),
                new(new("-odd \"name\" 'x' [1] $é:*.txt"), await temp.BlobAsync("odd"), FileModes.File),
            ],
            Token);
        var commit = await temp.PlannedAsync(tree);

        Assert.Equal(new LandingOutcome.Landed(commit), await LandAsync(temp, commit));

        AssertClean(temp, commit);
        Assert.Equal("plain.sh", new FileInfo(temp.Full("link-to-file")).LinkTarget);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(temp.Full("plain.sh")).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal(binary, File.ReadAllBytes(temp.Full("a.bin")));
        Assert.Equal(("", "odd"), (temp.Read("empty"), temp.Read("-odd \"name\" 'x' [1] $é:*.txt")));
    }

    [Fact]
    public async Task LandAsync_LineEndsByAttributes_AreThoseOfACheckout()
    {
        await using var temp = await TempRepository.WithAsync((".gitattributes", "*.bat text eol=crlf\n"), ("old.bat", "1\r\n"));
        var commit = await temp.PlannedAsync(("new.bat", "1\n2\n"), ("old.bat", "2\n"), (".gitattributes", "*.bat text eol=crlf\n*.cmd text eol=crlf\n"), ("new.cmd", "3\n"));
        Assert.Equal(new LandingOutcome.Landed(commit), await LandAsync(temp, commit));
        AssertClean(temp, commit);
        Assert.Equal(("1\r\n2\r\n", "2\r\n", "3\r\n"), (temp.Read("new.bat"), temp.Read("old.bat"), temp.Read("new.cmd")));
    }

    [Fact]
    public async Task LandAsync_FileAndFolderChangePlaces_Lands()
    {
        await using var temp = await TempRepository.WithAsync(("file", "1"), ("folder/a.txt", "1"), ("folder/sub/b.txt", "1"));
        var commit = await temp.PlannedAsync(("file", null), ("file/inner.txt", "2"), ("folder/a.txt", null), ("folder/sub/b.txt", null), ("folder", "2"));
        Assert.Equal(new LandingOutcome.Landed(commit), await LandAsync(temp, commit));
        AssertClean(temp, commit);
    }

    [Fact]
    public async Task LandAsync_FolderBecomesFileOverAnIgnoredFile_IsRefused()
    {
        await using var temp = await TempRepository.WithAsync((".gitignore", "*.log\n"), ("folder/a.txt", "1"));
        var commit = await temp.PlannedAsync(("folder/a.txt", null), ("folder", "2"));
        temp.Write("folder/build.log", "mine");
        await AssertRefusedAsync(temp, RefusalKind.UserChangesInTheWay, temp.Head, commit);
    }

    [Fact]
    public async Task LandAsync_SubmoduleReplacedByFolder_IsRefusedAndOneElsewhereSurvives()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        temp.Git("update-index", "--add", "--cacheinfo", $"160000,{temp.Head},sub");
        temp.Git("commit", "-q", "-m", "submodule");
        Directory.CreateDirectory(temp.Full("sub"));
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        var blob = await temp.BlobAsync("x");
        var inner = await temp.Repository.Cli.TextAsync(new GitCall("mktree") { Input = Encoding.UTF8.GetBytes($"100644 blob {blob}\tx.txt\n") }, Token);
        var bad = await temp.PlannedAsync(new ObjectId(await temp.Repository.Cli.TextAsync(new GitCall("mktree") { Input = Encoding.UTF8.GetBytes($"040000 tree {inner}\tsub\n") }, Token)));

        await AssertRefusedAsync(temp, RefusalKind.UnsafePath, temp.Head, bad);
        Assert.Equal(new LandingOutcome.Landed(commit), await LandAsync(temp, commit));
        AssertClean(temp, commit);
    }

    [Fact]
    public async Task LandAsync_SparseCheckout_KeepsItsShape()
    {
        await using var temp = await TempRepository.WithAsync(("in/a.txt", "1"), ("out/b.txt", "1"), ("top.txt", "1"));
        temp.Git("sparse-checkout", "set", "in");
        var commit = await temp.PlannedAsync(("in/a.txt", "2"), ("out/b.txt", "2"), ("out/new.txt", "2"));
        Assert.Equal(new LandingOutcome.Landed(commit), await LandAsync(temp, commit));
        AssertClean(temp, commit);
        Assert.Equal(("2", false), (temp.Read("in/a.txt"), Directory.Exists(temp.Full("out"))));
    }

    [Fact]
    public async Task LandAsync_FileTouchedButNotChanged_Lands()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        File.SetLastWriteTimeUtc(temp.Full("a.txt"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        Assert.Equal(new LandingOutcome.Landed(commit), await LandAsync(temp, commit));
        AssertClean(temp, commit);
    }

    private static Task<LandingOutcome> LandAsync(TempRepository temp, ObjectId commit) =>
        new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token);

    private static async Task AssertRefusedAsync(TempRepository temp, RefusalKind kind, ObjectId old, ObjectId commit)
    {
        await temp.Repository.SetRefAsync(GitRepository.PrivateRef(Run, "landing"), commit, Token);
        var before = temp.State();
        var outcome = await new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", old, commit, Token);
        Assert.Equal(kind, Assert.IsType<LandingOutcome.Refused>(outcome).Kind);
        Assert.Equal(before, temp.State());
    }

    private static void AssertClean(TempRepository temp, ObjectId head)
    {
        Assert.Equal((head, "", ""), (temp.Head, temp.Git("status", "--porcelain"), temp.Git("fsck", "--no-dangling", "--no-progress")));
        Assert.Equal(["landing.lock"], Directory.GetFiles(temp.Repository.CommonDir, "*.lock", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    // Puts something of the user's in the way; the paths that are to be named.
    private static string Arrange(TempRepository temp, string situation)
    {
        switch (situation)
        {
            case "edited":
                temp.Write("edit.txt", "mine\n");
                return "edit.txt";
            case "same edit":
                temp.Write("edit.txt", "2\n");
                return "edit.txt";
            case "staged":
                temp.Write("edit.txt", "mine\n");
                temp.Git("add", "edit.txt");
                temp.Write("edit.txt", "1\n");
                return "edit.txt";
            case "staged away":
                temp.Git("rm", "-q", "--cached", "edit.txt");
                return "edit.txt";
            case "deleted":
                File.Delete(temp.Full("edit.txt"));
                return "edit.txt";
            case "mode":
                TempRepository.WriteScript(temp.Full("edit.txt"), "");
                temp.Write("edit.txt", "1\n");
                return "edit.txt";
            case "untracked":
                temp.Write("new.txt", "mine");
                return "new.txt";
            case "ignored":
                temp.Write("new.log", "mine");
                return "new.log";
            case "file on the way":
                temp.Write("deep", "mine");
                return "deep";
            case "folder in place of the file":
                temp.Write("new.txt/inner/mine.txt", "mine");
                return "new.txt/inner/mine.txt";
            case "link on the way":
                Directory.CreateSymbolicLink(temp.Full("deep"), Directory.CreateDirectory(Path.Combine(temp.Outside, "elsewhere")).FullName);
                return "deep";
            case "dangling link":
                File.CreateSymbolicLink(temp.Full("new.txt"), "nowhere");
                return "new.txt";
            case "tracked folder replaced by a link":
                Directory.Move(temp.Full("folder"), Path.Combine(temp.Outside, "moved"));
                Directory.CreateSymbolicLink(temp.Full("folder"), Path.Combine(temp.Outside, "moved"));
                return "folder folder/old.txt";
            case "intent to add":
                temp.Write("new.txt", "mine");
                temp.Git("add", "-N", "new.txt");
                return "new.txt";
            case "assumed unchanged":
                temp.Git("update-index", "--assume-unchanged", "edit.txt");
                temp.Write("edit.txt", "mine\n");
                return "edit.txt";
            default:
                throw new ArgumentOutOfRangeException(nameof(situation), situation, "unknown");
        }
    }
}
