using System.Text;
using Planlane.Git;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Testing;
using Planlane.Values;
using TempRepository = Planlane.Testing.TempRepository;

namespace Planlane.Hostile;

/// <summary>Names that mislead: of files that agents want to write, and of files that a repository already has.</summary>
public sealed class HostileNamesTests
{
    // An escape that clears the screen, a line break that forges a line, an override that turns "txt.exe" around, an option, a pathspec, quotes, a pattern.
    private static readonly string[] Odd = ["a\u001b[2Jb.txt", "a\nforged: line.txt", "a\u202Etxt.exe", "--output=x", ":(glob)**", "quo\"te'.txt", "*.txt", "tab\tb.txt", "CON", "dot.", "\\back"];

    private static readonly RunSettings Alone = RunHarness.Settings with { Mode = RunMode.Single, Checks = [new PlannedCheck("test", "test -f ok.txt")] };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_EverySpellingOfTheGitFolderAndEveryWayOut_IsRefused()
    {
        string[] names =
        [
            ".git/config", ".git/hooks/pre-commit", ".GIT/config", ".git ./config", "git~1/config", "GIT~1./hooks/x", ".g\u200cit/config", "\u200b.git/config", ".git::$INDEX_ALLOCATION/config", "sub/.git/config", "sub/.git",
            "../x", "a/../../x", "/etc/planlane-x", "C:/x", "C:x", "\\\\host\\share", "a\\..\\..\\x", "a\u0000b", "a\nb", "a\u001b]52;c;x\u0007", "a\u202Eb", "./.git/config",
        ];
        using var repository = Script.Repository();
        var before = repository.Fingerprint();
        var answers = new List<string>();
        var model = new ScriptedModel(request =>
        {
            if (request.Turns == 1)
                answers.AddRange(request.Texts.TakeLast(names.Length + 1));
            return request.Turns == 0
                ? names.Aggregate(ScriptedAnswer.Writes("ok.txt", "ok\n"), (answer, name) => answer.AndWrites(name, "planted\n"))
                : new ScriptedAnswer().AndFinishes("Wrote what was allowed");
        });

        var state = await new RunHarness(repository, model) { OnReview = _ => new ReviewDecision.Rejected() }.RunAsync("Write files with names of all kinds", Alone, cancellationToken: Token);

        Assert.Equal(["ok.txt"], Assert.Single(state.Tasks).Changes.Files.Select(file => file.Path.Value));
        Assert.Equal(names.Length, answers.Count(answer => answer.StartsWith("The path '", StringComparison.Ordinal)));
        Assert.Equal(before, repository.Fingerprint());
    }

    [Theory]
    [InlineData(".git/x")]
    [InlineData("SUB/.GIT")]
    [InlineData("../x")]
    [InlineData("a\u202Eb")]
    [InlineData(".git:x")]
    public async Task WriteTree_NameThatIsRefused_NeverReachesATree(string name)
    {
        using var repository = Script.Repository();
        var opened = await GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token);
        await using var objects = new GitObjects(opened);
        var blob = await objects.WriteBlobAsync("x"u8.ToArray(), Token);

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => new TreeWriter(objects).WriteTreeAsync(
            new(repository.Git("rev-parse", "HEAD^{tree}")), [new TreeChange(new RepoPath(name), blob, FileModes.File)], Token));

        Assert.Equal(FaultKind.ChecksFailed, fault.Kind);
    }

    [Fact]
    public async Task Run_RepositoryOfOddNames_IsReadSearchedAndLandedOn()
    {
        using var repository = Script.Repository();
        foreach (var name in Odd)
            repository.Write(name, "needle\n");
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "Odd");
        repository.Write(Odd[1], "needle, not committed\n");
        var found = "";
        var model = new ScriptedModel(request =>
        {
            if (request.Turns == 1)
                found = request.Texts[^1];
            return request.Turns == 0 ? new ScriptedAnswer().AndCalls("search", new { pattern = "needle" }) : ScriptedAnswer.Writes("ok.txt", "ok\n").AndFinishes("Wrote it");
        });
        var harness = new RunHarness(repository, model);

        var map = await (await harness.OpenAsync(Token)).MapAsync(RequestText.Parse("Find the needle"), [], Token);
        var state = await harness.RunAsync("Find the needle and write it down", Alone, cancellationToken: Token);

        Assert.Null(RunDecider.StandsStill(state)?.Message);
        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Contains("needle", map.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Odd.Length, Count(found, ":1:needle"));
        Assert.Equal("needle, not committed\n", repository.Read(Odd[1]));
        Assert.Equal("ok.txt", repository.Git("show", "--name-only", "--format=", "HEAD"));
    }

    [Fact]
    public async Task Grep_NameThatIsNotUtf8AndLineWithoutEnd_AreFound()
    {
        using var repository = TempRepository.With(("a.txt", "needle"));
        var tree = repository.Git("rev-parse", "HEAD^{tree}");
        var opened = await GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token);
        await using var objects = new GitObjects(opened);
        var entries = TreeObject.Parse(await objects.ReadAsync(new(tree), "tree", Token), 20);
        entries["b\xff\nc"] = entries["a.txt"];
        var odd = await opened.Cli.TextAsync(new GitCall("mktree", "-z") { Input = TreeObject.Listing(entries)[..^1] }, Token);

        var answer = await opened.GrepAsync(new(odd), "needle", [], 10, Token);

        Assert.Equal([("a.txt", 1, "needle"), ("b\uFFFD\nc", 1, "needle")], answer.Hits.Select(hit => (hit.Path.Value, hit.Line, hit.Text)));
        Assert.Equal("needle", Encoding.UTF8.GetString(await objects.ReadBlobAsync(entries["a.txt"].Id, Token)));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
