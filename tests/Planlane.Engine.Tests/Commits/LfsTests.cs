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

    private static string PointerOf(string content) =>
        $"version https://git-lfs.github.com/spec/v1\noid sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content)))}\nsize {content.Length}";

    private static bool HasLfs()
    {
        using var folder = TempRepository.With();
        return Record.Exception(() => folder.Git("lfs", "version")) is null;
    }
}
