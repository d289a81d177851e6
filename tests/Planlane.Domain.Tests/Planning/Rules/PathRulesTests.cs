namespace Planlane.Planning.Rules;

public sealed class PathRulesTests
{
    private static readonly RepositoryFacts Links = Trees.Of(
    [
        new(new("packages/lib/src/a.cs")), Trees.Link("lib", "packages/lib"), Trees.Link("short", "lib/src"), Trees.Link("deep/up", "../lib"),
        Trees.Link("out", "../../elsewhere"), Trees.Link("absolute", "/etc"), Trees.Link("one", "two"), Trees.Link("two", "one"), Trees.Link("back", "lib/../other"),
    ]);

    [Theory]
    [InlineData("lib/x.cs", "goes through the symbolic link 'lib' (to 'packages/lib'); name 'packages/lib/x.cs', where it leads.")]
    [InlineData("lib", "goes through the symbolic link 'lib' (to 'packages/lib'); name 'packages/lib', where it leads.")]
    [InlineData("short/*.cs", "goes through the symbolic link 'short' (to 'lib/src'); name 'packages/lib/src/*.cs', where it leads.")]
    [InlineData("deep/up/src/", "goes through the symbolic link 'deep/up' (to '../lib'); name 'packages/lib/src/', where it leads.")]
    [InlineData("back/x.cs", "goes through the symbolic link 'back' (to 'lib/../other'); name 'packages/other/x.cs', where it leads.")]
    [InlineData("out/x.cs", "goes through the symbolic link 'out' (to '../../elsewhere'); it leads out of the repository or in a circle, so choose another path.")]
    [InlineData("absolute/x.cs", "goes through the symbolic link 'absolute' (to '/etc'); it leads out of the repository or in a circle, so choose another path.")]
    [InlineData("one/x.cs", "goes through the symbolic link 'one' (to 'two'); it leads out of the repository or in a circle, so choose another path.")]
    public void Check_PathThroughALink_SaysWhereItLeads(string path, string said) => Assert.Equal(
        [$"no-symlinks: Task 'a' owns '{path}', which {said}"],
        new RuleCase(Some.Plan(Some.Task("a", owns: [path]))) { Facts = Links }.Problems.Select(problem => problem.ToString()));

    [Theory]
    [InlineData("packages/lib/x.cs")]
    [InlineData("library/x.cs")]
    [InlineData("deep/x.cs")]
    public void Check_PathBesideALink_IsAllowed(string path) => Assert.Equal([], new RuleCase(Some.Plan(Some.Task("a", owns: [path]))) { Facts = Links }.Problems);

    [Theory]
    [InlineData("src/auth/x.cs", null)]
    [InlineData("src/new/x.cs", null)]
    [InlineData("src/Auth/", "case-collides")]
    [InlineData("src/auth/Login.cs", "case-collides")]
    [InlineData("docs/cafe\u0301.md", "case-collides")]
    [InlineData("docs/caf\u00E9.md", null)]
    public void Check_SpellingOfTheRepository_IsKept(string path, string? rule) => Assert.Equal(
        rule is null ? [] : [rule],
        new RuleCase(Some.Plan(Some.Task("a", owns: [path]))) { Facts = Trees.Of("src/auth/login.cs", "docs/caf\u00E9.md") }.Problems.Select(problem => problem.Rule));

    [Fact]
    public void Check_NewFolderSpelledInTwoWays_IsRefused() => Assert.Equal(
        ["case-collides: Task 'b' owns 'src/Auth/b.cs', but the plan also writes the folder as 'src/auth'; spell it in one way."],
        new RuleCase(Some.Plan(Some.Task("a", owns: ["src/auth/a.cs"]), Some.Task("b", owns: ["src/Auth/b.cs"]))).Problems.Select(problem => problem.ToString()));

    [Fact]
    public void Check_TwoTasksInOneNewFolder_AreAllowed() =>
        Assert.Equal([], new RuleCase(Some.Plan(Some.Task("a", owns: ["src/auth/a.cs"]), Some.Task("b", owns: ["src/auth/b.cs"]))).Problems);

    [Fact]
    public void Check_RenameInLetterCaseAlone_IsAllowed()
    {
        var task = Some.Task("a", owns: ["src/Login.cs", "src/login.cs"]) with { Moves = [new(new("src/login.cs"), new("src/Login.cs"))] };

        Assert.Equal([], new RuleCase(Some.Plan(task)) { Facts = Trees.Of("src/login.cs") }.Problems);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Check_FolderInThePlaceOfAFile_NeedsTheFileToMove(bool moves, int problems)
    {
        var task = Some.Task("a", owns: ["src/auth.py", "src/auth.py/x.py", "src/old.py"]) with { Moves = moves ? [new(new("src/auth.py"), new("src/old.py"))] : [] };

        Assert.Equal(problems, new RuleCase(Some.Plan(task)) { Facts = Trees.Of("src/auth.py") }.Problems.Count(problem => problem.Rule == "file-or-folder"));
    }
}
