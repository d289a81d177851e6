using System.Text;
using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Commits;

/// <summary>Whole runs in a repository with the real git-lfs.</summary>
public sealed class LfsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Land_FilesOfLfs_CommitsPointersAndKeepsTheContents()
    {
        Assert.SkipUnless(HasLfs(), "There is no git-lfs here.");
        using var repository = TempRepository.With((".gitattributes", "*.dat filter=lfs diff=lfs merge=lfs -text\n"), ("src/app.txt", "app\n"));
        repository.Git("lfs", "install", "--local");
        repository.Write("data/old.dat", "old\n");
        repository.Write("data/other.dat", "other\n");
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "Data");
        repository.Write("data/other.dat", "edited by the user\n");
        var before = repository.Git("status", "--porcelain");
        var model = new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(Script.Document(Script.Task("new", "data/new.dat", []), Script.Task("old", "data/old.dat", []), Script.Task("docs", "docs/greeter.md", [])).Replace("@check", "true")),
            { Task: "new" } => ScriptedAnswer.Writes("data/new.dat", "new content\n").AndFinishes("Wrote it"),
            { Task: "old" } => ScriptedAnswer.Writes("data/old.dat", "longer than it was\n").AndFinishes("Wrote it"),
            _ => Script.Answer(request),
        });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(new RunEnd(RunOutcome.Completed, null), state.End);
        Assert.Equal(PointerOf("new content\n"), repository.Git("show", "HEAD:data/new.dat"));
        Assert.Equal(PointerOf("longer than it was\n"), repository.Git("show", "HEAD:data/old.dat"));
        Assert.Equal(("new content\n", "longer than it was\n", "edited by the user\n"), (repository.Read("data/new.dat"), repository.Read("data/old.dat"), repository.Read("data/other.dat")));
        Assert.Equal((before, ""), (repository.Git("status", "--porcelain"), repository.Git("fsck", "--no-dangling", "--no-progress")));
        Assert.Equal("Git LFS fsck OK", repository.Git("lfs", "fsck"));

        await (await new RunHarness(repository, model).OpenAsync(Token)).UndoAsync(state.Id, Token);
        Assert.Equal(("old\n", "edited by the user\n", false), (repository.Read("data/old.dat"), repository.Read("data/other.dat"), File.Exists(Path.Combine(repository.Folder, "data/new.dat"))));
        Assert.Equal(before, repository.Git("status", "--porcelain"));
    }

    [Theory]
    [InlineData("{0} filter-process", "{0} clean -- %f")]
    [InlineData("'{0}' filter-process", "\"{0}\" clean -- %f")]
    public async Task Land_LfsIsSetByItsPath_CommitsThePointer(string process, string clean)
    {
        Assert.SkipUnless(HasLfs() && !OperatingSystem.IsWindows(), "There is no git-lfs here.");
        using var repository = WithFilter(process, clean);

        var state = await WriteDataAsync(repository);

        Assert.Equal(new RunEnd(RunOutcome.Completed, null), state.End);
        Assert.Equal(PointerOf("new content\n"), repository.Git("show", "HEAD:data/new.dat"));
    }

    [Theory]
    [InlineData("env {0} filter-process", "env {0} clean -- %f")]
    [InlineData("tools/git-lfs filter-process", "tools/git-lfs clean -- %f")]
    public async Task Land_FilterThatIsNotRun_CommitsNothingRaw(string process, string clean)
    {
        Assert.SkipUnless(HasLfs() && !OperatingSystem.IsWindows(), "There is no git-lfs here.");
        using var repository = WithFilter(process, clean);
        var before = repository.VisibleState();

        var state = await WriteDataAsync(repository);

        Assert.Equal((FaultKind.Failed, "data/new.dat belongs to git-lfs, and its filter made no pointer of it; nothing was committed."), (state.Halt?.Kind, state.Halt?.Message));
        Assert.Equal(before, repository.VisibleState());
    }

    [Fact]
    public async Task FiltersOff_LfsInsideTheWorkTree_IsNotRun()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The path is one of Unix.");
        using var repository = TempRepository.With(("src/app.txt", "app\n"));
        var opened = await Git.GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token);
        foreach (var (path, isOff) in new[] { (Path.Combine(opened.Root, "tools/git-lfs"), true), ("/opt/../" + opened.Root[1..] + "/git-lfs", true), ("/opt/lfs/bin/git-lfs", false) })
        {
            repository.Git("config", "filter.lfs.process", $"{path} filter-process");
            repository.Git("config", "filter.lfs.clean", $"{path} clean -- %f");
            repository.Git("config", "filter.lfs.smudge", $"{path} smudge -- %f");
            Assert.Equal((path, isOff), (path, (await Git.FilterSettings.FiltersOffAsync(opened, Token)).Contains("filter.lfs.process=")));
        }
    }

    private static TempRepository WithFilter(string process, string clean)
    {
        var program = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "git-lfs")).First(File.Exists);
        var repository = TempRepository.With((".gitattributes", "*.dat filter=lfs diff=lfs merge=lfs -text\n"), ("src/app.txt", "app\n"));
        repository.Git("config", "filter.lfs.process", process.Replace("{0}", program, StringComparison.Ordinal));
        repository.Git("config", "filter.lfs.clean", clean.Replace("{0}", program, StringComparison.Ordinal));
        repository.Git("config", "filter.lfs.smudge", clean.Replace("{0}", program, StringComparison.Ordinal).Replace("clean", "smudge", StringComparison.Ordinal));
        return repository;
    }

    private static Task<RunState> WriteDataAsync(TempRepository repository)
    {
        var model = new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(Script.Document(Script.Task("new", "data/new.dat", []), Script.Task("docs", "docs/greeter.md", [])).Replace("@check", "true")),
            { Task: "new" } => ScriptedAnswer.Writes("data/new.dat", "new content\n").AndFinishes("Wrote it"),
            _ => Script.Answer(request),
        });
        return new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);
    }

    private static string PointerOf(string content) =>
        $"version https://git-lfs.github.com/spec/v1\noid sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content)))}\nsize {content.Length}";

    private static bool HasLfs()
    {
        using var folder = TempRepository.With();
        return Record.Exception(() => folder.Git("lfs", "version")) is null;
    }
}
