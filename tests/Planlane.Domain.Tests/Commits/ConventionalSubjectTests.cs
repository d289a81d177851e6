using CsCheck;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Commits;

public sealed class ConventionalSubjectTests
{
    [Theory]
    [InlineData("Add authentication types", "src/auth/types.ts src/auth/jwt.ts", "feat(auth): add authentication types")]
    [InlineData("Add authentication types.", "types.ts", "feat: add authentication types")]
    [InlineData("Add types", "src/auth/types.ts src/users/user.ts", "feat: add types")]
    [InlineData("Fix the login", "src/auth/login.cs", "fix(auth): fix the login")]
    [InlineData("Rename Clock to TimeSource", "src/Time/Clock.cs", "refactor(time): rename Clock to TimeSource")]
    [InlineData("JWT service", "src/auth/jwt.cs", "feat(auth): JWT service")]
    [InlineData("ILogger for all", "src/Log/a.cs", "feat(log): ILogger for all")]
    [InlineData("Cover login", "tests/auth/login.test.ts", "test(auth): cover login")]
    [InlineData("Explain login", "docs/auth/login.md README.md", "docs: explain login")]
    [InlineData("Add a workflow", ".github/workflows/ci.yml", "ci(workflows): add a workflow")]
    [InlineData("Bump packages", "package.json", "build: bump packages")]
    [InlineData("feat(api)!: drop v1", "src/x.cs", "feat(api)!: drop v1")]
    [InlineData("Add x", "", "feat: add x")]
    public void Of_Title_HasTypeScopeAndDescription(string title, string files, string expected) =>
        Assert.Equal(expected, ConventionalSubject.Of(title, [.. files.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(RepoPath.Of)], RequestKind.Feature));

    [Theory]
    [InlineData(RequestKind.BugFix, "fix")]
    [InlineData(RequestKind.Refactoring, "refactor")]
    [InlineData(RequestKind.Feature, "feat")]
    public void Of_TitleThatDoesNotTell_HasTheTypeOfTheRequest(RequestKind kind, string type) => Assert.Equal($"{type}: tokens", ConventionalSubject.Of("Tokens", [], kind));

    [Fact]
    public void Of_AnyTitleAndFiles_IsConventionalAndStaysSo() => Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 80], Gen.String[Gen.Char["abZ0/._-"], 1, 12].Array[0, 4]).Sample((title, paths) =>
    {
        var files = paths.Select(RepoPath.Of).ToList();
        var subject = ConventionalSubject.Of(title, files, RequestKind.Feature);
        Assert.True(ConventionalSubject.IsConventional(subject), subject);
        Assert.Equal(subject, ConventionalSubject.Of(subject, files, RequestKind.Feature));
    });

    [Fact]
    public void Of_LongTitle_LeavesTheScopeOut()
    {
        var title = "add " + new string('x', 90);
        Assert.Equal($"feat: {title}", ConventionalSubject.Of(title, [new("src/authentication/a.cs")], RequestKind.Feature));
    }

    [Theory]
    [InlineData(CommitStyle.Conventional, "feat: a", "fix(x): b", "Add c", "Add d")]
    [InlineData(CommitStyle.Named, "feat: a", "Add b", "Add c", "Add d")]
    [InlineData(CommitStyle.Named, "feat: a", "fix: b", "chore: c")]
    [InlineData(CommitStyle.Conventional, "feat: a", "fix: b", "Add c", "Add d", "Merge branch 'x'", "Revert \"feat: z\"")]
    [InlineData(CommitStyle.Named, "Note: a", "http://x", "feat:b", "WIP: c")]
    public void StyleOf_Subjects_IsWhatAtLeastHalfOfThemDo(CommitStyle expected, params string[] subjects) => Assert.Equal(expected, ConventionalSubject.StyleOf(subjects));
}
