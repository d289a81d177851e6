namespace Planlane.Values;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("src/a.cs", "SRC/A.CS", true)]
    [InlineData("caf\u00E9.md", "cafe\u0301.md", true)]
    [InlineData("CAF\u00C9.md", "cafe\u0301.md", true)]
    [InlineData("\u1EC7", "e\u0323\u0302", true)]
    [InlineData("\u1EC7", "e\u0302\u0323", true)]
    [InlineData("\u304C", "\u304B\u3099", true)]
    [InlineData("\uAC01", "\u1100\u1161\u11A8", true)]
    [InlineData("\uAC00\u11A8", "\uAC01", true)]
    [InlineData("\u03A9", "\u2126", true)]
    [InlineData("k", "\u212A", true)]
    [InlineData("\u017F", "s", true)]
    [InlineData("\u03C3", "\u03C2", true)]
    [InlineData("e\u0301", "e\u0300", false)]
    [InlineData("stra\u00DFe", "strasse", false)]
    [InlineData("a", "b", false)]
    public void IsSameFileAs_TwoSpellings_FoldsCaseAndForm(string left, string right, bool expected)
    {
        Assert.Equal(expected, new RepoPath(left).IsSameFileAs(new(right)));
        Assert.Equal(expected, new RepoPath(right).IsSameFileAs(new(left)));
    }
}
