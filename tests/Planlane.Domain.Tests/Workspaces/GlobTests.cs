using System.Text.RegularExpressions;
using CsCheck;
using Planlane.Values;

namespace Planlane.Workspaces;

public sealed class GlobTests
{
    private static readonly Gen<string> PatternPart = Gen.OneOf(
        Gen.Const("**"),
        Gen.Char["ab*?"].Array[1, 4].Select(letters => new string(letters)),
        Gen.Char["aB"].Array[1, 2].Select(letters => new string(letters)));

    private static readonly Gen<Glob> Globs = PatternPart.Array[1, 4].Select(parts => new Glob(string.Join('/', parts)));

    private static readonly Gen<RepoPath> Paths =
        Gen.Char["abAB"].Array[1, 4].Select(letters => new string(letters)).Array[1, 5].Select(parts => new RepoPath(string.Join('/', parts)));

    [Theory]
    [InlineData("src/a.cs", "src/a.cs", true)]
    [InlineData("src/a.cs", "SRC/A.cs", true)]
    [InlineData("src/a.cs", "src/a.cs.bak", false)]
    [InlineData("src/*.cs", "src/a.cs", true)]
    [InlineData("src/*.cs", "src/deep/a.cs", false)]
    [InlineData("src/?.cs", "src/a.cs", true)]
    [InlineData("src/?.cs", "src/.cs", false)]
    [InlineData("src/**", "src/deep/er/a.cs", true)]
    [InlineData("src/**/a.cs", "src/a.cs", true)]
    [InlineData("src/**/a.cs", "src/x/y/a.cs", true)]
    [InlineData("src/", "src/x/y/a.cs", true)]
    [InlineData("src/", "srcs/a.cs", false)]
    [InlineData("**", "a", true)]
    [InlineData("src/a*.cs", "src/a*.cs", true)]
    [InlineData("src/ab.cs", "src/a*.cs", false)]
    [InlineData("src/ab.cs", "src/a?.cs", false)]
    public void Matches_PatternAndPath_FollowsTheWildcards(string pattern, string path, bool expected) =>
        Assert.Equal(expected, new Glob(pattern).Matches(new RepoPath(path)));

    [Theory]
    [InlineData("src/**", "src/**/a.cs")]
    [InlineData("src/**", "src/a.cs")]
    [InlineData("src/*", "src/*.cs")]
    [InlineData("src/*.cs", "src/a*")]
    [InlineData("src/", "SRC/auth/*.ts")]
    [InlineData("**/a.cs", "src/**")]
    [InlineData("**", "**/**")]
    [InlineData("*a", "b*")]
    [InlineData("**/*", "a/b/c/?")]
    public void Intersects_PatternsWithACommonPath_IsTrueBothWays(string left, string right)
    {
        Assert.True(new Glob(left).Intersects(new Glob(right)));
        Assert.True(new Glob(right).Intersects(new Glob(left)));
    }

    [Theory]
    [InlineData("src/*.cs", "src/*.ts")]
    [InlineData("src/a*", "src/b*")]
    [InlineData("src/**", "test/**")]
    [InlineData("src/*", "src/a/b")]
    [InlineData("src/??", "src/a")]
    [InlineData("**/a.cs", "**/b.cs")]
    public void Intersects_PatternsWithoutACommonPath_IsFalseBothWays(string left, string right)
    {
        Assert.False(new Glob(left).Intersects(new Glob(right)));
        Assert.False(new Glob(right).Intersects(new Glob(left)));
    }

    [Fact]
    public void Matches_AnyPatternAndPath_AgreesWithARegularExpression() =>
        Gen.Select(Globs, Paths).Sample((glob, path) => glob.Matches(path) == MatchesAsRegex(glob, path), iter: 5_000);

    [Fact]
    public void Intersects_SomePathMatchesBoth_IsTrue() =>
        Gen.Select(Globs, Globs, Paths).Sample((left, right, path) => !(left.Matches(path) && right.Matches(path)) || left.Intersects(right), iter: 20_000);

    [Fact]
    public void Intersects_PatternsThatBroadenOnePath_IsTrue() =>
        Gen.Select(Paths, Gen.Int, Gen.Int).Sample((path, left, right) => Broaden(path, left).Intersects(Broaden(path, right)), iter: 5_000);

    [Fact]
    public void Intersects_AnyTwoPatterns_AgreesWithPlainSearch() => Gen.Select(Globs, Globs).Sample(
        (left, right) => left.Intersects(right) == (Witness(left.Value.ToUpperInvariant().Split('/'), right.Value.ToUpperInvariant().Split('/'), "**", WitnessOfPart) is not null),
        iter: 5_000);

    [Fact]
    public void Meeting_AnyTwoPatterns_IsAPathThatBothMatchOrNone() => Gen.Select(Globs, Globs).Sample(
        (left, right) =>
        {
            var meeting = Glob.Meeting(left, right);
            Assert.Equal(left.Intersects(right), meeting is not null);
            Assert.True(meeting is not { } path || (path.Problem is null && left.Matches(path) && right.Matches(path)), $"{left} {right} {meeting}");
        },
        iter: 20_000);

    [Theory]
    [InlineData("src/**", "SRC/**/b.cs", "src/b.cs")]
    [InlineData("src/Auth/*.cs", "**/Login*", "src/Auth/Logina.cs")]
    [InlineData("**", "**/", "a")]
    [InlineData("*/x?", "Docs/*", "Docs/xa")]
    [InlineData("src/a", "src/b", null)]
    public void Meeting_Patterns_IsWrittenAsTheyWriteIt(string left, string right, string? expected) =>
        Assert.Equal(expected, Glob.Meeting(new(left), new(right))?.Value);

    [Theory]
    [InlineData("docs/cafe\u0301.md", "docs/CAF\u00C9.md", true)]
    [InlineData("docs/caf?.md", "docs/cafe\u0301.md", true)]
    [InlineData("docs/caf*", "docs/caf\u00E8.md", true)]
    [InlineData("docs/cafe.md", "docs/caf\u00E9.md", false)]
    public void Matches_AccentedLetters_CountTheirFormForNothing(string pattern, string path, bool expected) =>
        Assert.Equal(expected, new Glob(pattern).Matches(new RepoPath(path)));

    [Theory]
    [InlineData("src/a.cs", "src/a.cs")]
    [InlineData("src/Auth/*.cs", "src/Auth")]
    [InlineData("src/", "src")]
    [InlineData("**", "")]
    public void Beginning_Pattern_IsWhatStandsBeforeTheFirstWildcard(string pattern, string expected) => Assert.Equal(expected, new Glob(pattern).Beginning);

    [Fact]
    public void Intersects_PatternsWithManyWildcards_NeedsNoSearch()
    {
        var left = new Glob(string.Concat(Enumerable.Repeat("**/", 60)) + new string('*', 60) + "a");
        var right = new Glob(string.Concat(Enumerable.Repeat("**/x*x*x*x*x*x*x/", 40)) + string.Concat(Enumerable.Repeat("*x", 60)) + "b");

        Assert.False(left.Intersects(right));
        Assert.False(right.Matches(new RepoPath(string.Join('/', Enumerable.Repeat(new string('x', 60), 100)))));
    }

    [Theory]
    [InlineData("src/a.cs", false)]
    [InlineData("src/", true)]
    [InlineData("src/*", true)]
    [InlineData("src/a?.cs", true)]
    public void HasWildcard_Pattern_IsWhetherMorePathsCanMatch(string pattern, bool expected) => Assert.Equal(expected, new Glob(pattern).HasWildcard);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("/", "is absolute; name it from the repository's root")]
    [InlineData("../**", "contains an empty, '.' or '..' part")]
    [InlineData("src//", "contains an empty, '.' or '..' part")]
    [InlineData(".git/", "lies in a .git folder")]
    [InlineData("src/**/.git/*", "lies in a .git folder")]
    [InlineData("src/", null)]
    [InlineData("**", null)]
    public void Problem_Pattern_IsThatOfItsPath(string pattern, string? expected) => Assert.Equal(expected, new Glob(pattern).Problem);

    // Both the pattern and the path are read with a slash behind every part.
    private static bool MatchesAsRegex(Glob glob, RepoPath path)
    {
        var parts = glob.Value.Split('/').Select(part => part == "**" ? "([^/]+/)*" : Regex.Escape(part).Replace("\\*", "[^/]*").Replace("\\?", "[^/]") + "/");
        return Regex.IsMatch(path.Value + "/", $"^{string.Concat(parts)}$", RegexOptions.IgnoreCase);
    }

    private static Glob Broaden(RepoPath path, int seed)
    {
        var random = new Random(seed);
        var parts = path.Value.Split('/').Select(part => random.Next(4) switch
        {
            0 => "**",
            1 => "*" + part[^1],
            2 => part[..^1] + "?",
            _ => part,
        });
        return new Glob(string.Join('/', parts));
    }

    // Plain search, exponential and obviously right: what the generated patterns are small for.
    private static string? Witness(ReadOnlySpan<string> left, ReadOnlySpan<string> right, string star, Func<string, string, string?> one)
    {
        if (left.IsEmpty && right.IsEmpty)
            return "";
        if (!left.IsEmpty && left[0] == star)
            return Witness(left[1..], right, star, one) ?? (right.IsEmpty ? null : Before(right[0] == star ? "" : one(right[0], right[0])!, Witness(left, right[1..], star, one)));
        if (!right.IsEmpty && right[0] == star)
            return Witness(right, left, star, one);
        return left.IsEmpty || right.IsEmpty || one(left[0], right[0]) is not { } both ? null : Before(both, Witness(left[1..], right[1..], star, one));
    }

    private static string? WitnessOfPart(string left, string right) =>
        Witness(Letters(left), Letters(right), "*", WitnessOfLetter) is { } part ? (part.Length == 0 ? "A" : part) + "/" : null;

    private static string? WitnessOfLetter(string left, string right) => (left, right) switch
    {
        ("?", "?") => "A",
        ("?", _) => right,
        (_, "?") => left,
        _ => left == right ? left : null,
    };

    private static string[] Letters(string part) => [.. part.Select(letter => letter.ToString())];

    private static string? Before(string first, string? rest) => rest is null ? null : first + rest;
}
