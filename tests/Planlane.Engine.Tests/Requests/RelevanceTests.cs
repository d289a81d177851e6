using Planlane.Values;

namespace Planlane.Requests;

public sealed class RelevanceTests
{
    [Fact]
    public void Rank_WordsInPathsAndDeclarations_BeatOthers()
    {
        var graph = Graph(File("src/a/Checkout.cs", shows: "Checkout"), File("src/b/Store.cs", shows: "Store.ApplyDiscount"), File("src/c/Clock.cs", shows: "Clock"));

        Assert.Equal(["src/a/Checkout.cs", "src/b/Store.cs", "src/c/Clock.cs"], Ranked(graph, "Apply discounts in the checkout"));
    }

    [Fact]
    public void Rank_AbbreviatedNames_AreFoundByTheWholeWord()
    {
        var graph = Graph(File("src/x/Auth.cs"), File("src/y/Unrelated.cs"), File("src/z/Validator.cs"));

        Assert.Equal(["src/x/Auth.cs", "src/z/Validator.cs", "src/y/Unrelated.cs"], Ranked(graph, "Authentication with validation"));
    }

    [Fact]
    public void Rank_NamesInCode_CountMoreThanWords()
    {
        var graph = Graph(File("src/x/Tokens.cs", shows: "JwtTokens"), File("src/y/JwtTokensNotes.cs"));

        Assert.Equal("src/x/Tokens.cs", Ranked(graph, "Extend JwtTokens")[0]);
    }

    [Fact]
    public void Rank_FileThatAMatchUses_ComesBeforeOneThatNothingPointsTo()
    {
        var graph = Graph(User("src/m/Checkout.cs", "src/p/Money.cs"), File("src/p/Money.cs"), File("src/a/Aaa.cs"), User("src/z/Caller.cs", "src/m/Checkout.cs"));

        Assert.Equal(["src/m/Checkout.cs", "src/p/Money.cs", "src/z/Caller.cs", "src/a/Aaa.cs"], Ranked(graph, "Speed up the checkout"));
    }

    [Fact]
    public void Rank_FileThatAllUse_IsPulledUpLess()
    {
        var users = Enumerable.Range(0, 30).Select(number => User($"src/u{number}/User.cs", "src/h/Hub.cs"));
        var graph = Graph([User("src/m/Checkout.cs", "src/h/Hub.cs", "src/s/Special.cs"), File("src/h/Hub.cs"), File("src/s/Special.cs"), .. users]);

        Assert.Equal(["src/m/Checkout.cs", "src/s/Special.cs", "src/h/Hub.cs"], Ranked(graph, "Speed up the checkout").Take(3));
    }

    [Fact]
    public void Rank_AnyOrderOfFiles_GivesTheSameRanking()
    {
        var graph = Graph(User("src/a/One.cs", "src/b/Two.cs"), User("src/b/Two.cs", "src/a/One.cs"), File("src/c/Three.cs"));
        var paths = graph.Files.Select(file => file.Path).ToList();
        var request = new RunRequest("One of two", [], []);

        Assert.Equal(Relevance.Rank(paths, request, graph), Relevance.Rank(paths.AsEnumerable().Reverse(), request, graph));
    }

    [Fact]
    public void Rank_LockFilesAndForeignFolders_AreLeftOut()
    {
        var graph = Graph(File("package-lock.json"), File("node_modules/auth/index.js"), File("dist/auth.js"), File("src/auth.js"));

        Assert.Equal(["src/auth.js"], Ranked(graph, "Change auth"));
    }

    [Fact]
    public void Rank_FilesThatTheRunBeforeWrote_ComeFirstThoughNoWordNamesThem()
    {
        var graph = Graph(File("src/a/Limits.cs"), File("src/b/JwtTokens.cs"), File("src/c/Clock.cs"));

        var ranked = Relevance.Rank(graph.Files.Select(file => file.Path), new RunRequest("Now in two languages", [], []), graph, [new("src/c/Clock.cs"), new("src/gone.cs")]);

        Assert.Equal(["src/c/Clock.cs", "src/a/Limits.cs", "src/b/JwtTokens.cs"], ranked.Select(file => file.Path.Value));
    }

    private static List<string> Ranked(CodeGraph graph, string goal) =>
        [.. Relevance.Rank(graph.Files.Select(file => file.Path), new RunRequest(goal, [], []), graph).Select(file => file.Path.Value)];

    private static CodeGraph Graph(params IEnumerable<SourceFile> files) => new(files);

    private static SourceFile File(string path, string? shows = null) =>
        new(new(path), "C#", [], shows is null ? [] : [new Signature(shows, $"public {shows}", 1)], null);

    private static SourceFile User(string path, params string[] uses) => File(path) with { Uses = uses.Select(used => new RepoPath(used)).ToValueList() };
}
