namespace Planlane.Values;

public sealed class RepoPathTests
{
    [Theory]
    [InlineData("src/a.cs")]
    [InlineData("a")]
    [InlineData("src/..a/b..c")]
    [InlineData(".gitignore")]
    [InlineData(".github/workflows/ci.yml")]
    [InlineData("src/git~10")]
    [InlineData("src/.gitx:y")]
    [InlineData("docs/\u0646\u200c\u0647.md")]
    [InlineData("docs/mañana – plan.md")]
    public void Problem_PathInsideTheRepository_IsNull(string path) => Assert.Null(new RepoPath(path).Problem);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("src\\a.cs", "contains a backslash; use /")]
    [InlineData("src/a\0.cs", "contains a control character")]
    [InlineData("src/a\n.cs", "contains a control character")]
    [InlineData("/etc/passwd", "is absolute; name it from the repository's root")]
    [InlineData("c:/a.cs", "is absolute; name it from the repository's root")]
    [InlineData("../a.cs", "contains an empty, '.' or '..' part")]
    [InlineData("src/../../a.cs", "contains an empty, '.' or '..' part")]
    [InlineData("./a.cs", "contains an empty, '.' or '..' part")]
    [InlineData("src//a.cs", "contains an empty, '.' or '..' part")]
    [InlineData("src/", "contains an empty, '.' or '..' part")]
    [InlineData(".git/config", "lies in a .git folder")]
    [InlineData("sub/.GIT/hooks/x", "lies in a .git folder")]
    [InlineData(".git. ./config", "lies in a .git folder")]
    [InlineData("GIT~1/config", "lies in a .git folder")]
    [InlineData("git~1. /config", "lies in a .git folder")]
    [InlineData(".git::$INDEX_ALLOCATION/config", "lies in a .git folder")]
    [InlineData("sub/.Git:x", "lies in a .git folder")]
    [InlineData(".g\u200cit/config", "lies in a .git folder")]
    [InlineData("\ufeff.git/config", "lies in a .git folder")]
    [InlineData("src/a\u001b[2J.cs", "contains a control character")]
    [InlineData("src/a\u202Esc.exe", "contains a control character")]
    [InlineData("src/a\u2066b.cs", "contains a control character")]
    [InlineData("src/a\u2028b.cs", "contains a control character")]
    public void Problem_PathThatATaskMayNotName_SaysWhy(string path, string expected) => Assert.Equal(expected, new RepoPath(path).Problem);

    [Theory]
    [InlineData("src/auth/a.cs", "a.cs", "src/auth")]
    [InlineData("a.cs", "a.cs", "")]
    public void NameAndFolder_Path_AreItsTwoHalves(string path, string name, string folder)
    {
        Assert.Equal(name, new RepoPath(path).Name);
        Assert.Equal(folder, new RepoPath(path).Folder);
    }

    [Fact]
    public void CompareTo_Paths_OrdersByOrdinal()
    {
        RepoPath[] paths = [new("b"), new("a/b"), new("B"), new("a")];

        Assert.Equal([new("B"), new("a"), new("a/b"), new("b")], paths.Order());
    }
}
