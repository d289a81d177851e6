using System.Text.RegularExpressions;
using CsCheck;
using Planlane.Values;

namespace Planlane.Requests;

public sealed class RequestTextTests
{
    private static readonly Gen<string> Lines = Gen.OneOf(new[] {
        "@ @", "- @", "– @, @", "* @ @", "2. @", "  @", "  - @", "", "Requirements:", "requirements: @; @", "Split into:", "Split it into: @, @", "Constraints: – @ – @", "@:", "## Requirements", "  ", "    @ @", "@. Requirements: - @ - @", "```", "**Must:** @", "Use 2 agents: 1. @ 2) @" }.Select(Gen.Const).ToArray());

    [Fact]
    public void Parse_TextWithoutLists_IsTheGoal() =>
        Assert.Equal(new RunRequest("Implement user authentication with JWT, password hashing, and tests", [], []), RequestText.Parse("  Implement user authentication with JWT, password hashing, and tests\n"));

    [Fact]
    public void Parse_BulletedLists_AreConstraintsAndSplitHints() => Assert.Equal(
        new RunRequest("Implement user authentication", ["JWT with refresh tokens", "bcrypt, cost 12"], ["one agent for types", "one agent for services", "one agent for tests"]),
        RequestText.Parse("""
            Implement user authentication

            Requirements:
            - JWT with refresh tokens
            * bcrypt, cost 12

            Split into:
            – one agent for types
            — one agent for services
            3) one agent for tests
            """));

    [Fact]
    public void Parse_ListsOnOneLine_AreSplitAtCommas() => Assert.Equal(
        new RunRequest("Add auth", ["JWT", "bcrypt"], ["one agent for types", "one agent for services"]),
        RequestText.Parse("Add auth\nREQUIREMENTS: JWT; bcrypt\nSplit it into: one agent for types, one agent for services,"));

    [Fact]
    public void Parse_BulletsOnTheLineOfTheHeading_AreSplitAtTheBullets() => Assert.Equal(
        new RunRequest("Add auth", ["JWT, with refresh"], ["one agent for types", "one agent for tests"]),
        RequestText.Parse("Add auth\nRequirements: - JWT, with refresh\nSplit into: – one agent for types – one agent for tests"));

    [Fact]
    public void Parse_CommasInBrackets_DoNotSplit() =>
        Assert.Equal(["bcrypt (cost 12, salted)", "JWT"], RequestText.Parse("Add auth\nRequirements: bcrypt (cost 12, salted), JWT").Constraints);

    [Fact]
    public void Parse_BulletThatGoesOnInTheNextLine_IsOneItem() => Assert.Equal(
        new RunRequest("Add auth", ["JWT with refresh tokens", "bcrypt"], []),
        RequestText.Parse("Add auth\nRequirements:\n- JWT with\n  refresh tokens\n- bcrypt"));

    [Fact]
    public void Parse_WindowsLineEnds_AreReadAsLineEnds() => Assert.Equal(
        new RunRequest("Add auth\nand log in", ["JWT"], ["types"]),
        RequestText.Parse("Add auth\r\nand log in\r\n\r\nRequirements:\r\n- JWT\r\nSplit into:\r\n- types\r\n"));

    [Fact]
    public void Parse_TextBehindAList_BelongsToTheGoal() =>
        Assert.Equal(new RunRequest("Add auth\nKeep it simple.\n- really", ["JWT"], []), RequestText.Parse("Add auth\nRequirements:\n- JWT\nKeep it simple.\n- really"));

    [Theory]
    [InlineData("Add auth. Split into: – one agent for types – one agent for tests", "Add auth.", "", "one agent for types|one agent for tests")]
    [InlineData("Add auth Split into: - types - tests Requirements: - use Zod - 100% coverage", "Add auth", "use Zod|100% coverage", "types|tests")]
    [InlineData("Add auth. Requirements: use Zod, 100% coverage.", "Add auth.", "use Zod|100% coverage", "")]
    [InlineData("Add auth\nUse 3 agents: types, services, and tests", "Add auth", "", "types|services|tests")]
    [InlineData("Add auth\nUse three agents:\n1. types\n2. services\n3. tests", "Add auth", "", "types|services|tests")]
    [InlineData("Add auth\nDivide the work among:\n- types\n- tests", "Add auth", "", "types|tests")]
    [InlineData("Add auth\nRequirements: 1. use Node 18. 2. no new packages", "Add auth", "use Node 18|no new packages", "")]
    [InlineData("Add auth\nMust: use Zod\nConstraints:\n- Postgres only", "Add auth", "use Zod|Postgres only", "")]
    [InlineData("Add auth\nMust have:\n* tests", "Add auth", "tests", "")]
    [InlineData("# Auth\n\nAdd auth.\n\n## Requirements\n\nAll of these hold:\n\n- JWT\n- bcrypt\n\n## Notes\n- keep calm", "# Auth\n\nAdd auth.\n\nAll of these hold:\n## Notes\n- keep calm", "JWT|bcrypt", "")]
    [InlineData("Add auth\n### Split into ###\n- types\n- tests", "Add auth", "", "types|tests")]
    [InlineData("Add auth\n**Requirements:**\n- [ ] JWT\n- [x] bcrypt", "Add auth", "JWT|bcrypt", "")]
    [InlineData("Add auth\n**Split into**: types, tests", "Add auth", "", "types|tests")]
    [InlineData("Add auth\nRequirements:\n- JWT:\n  - 15 minutes\n  - refreshed\n- bcrypt\n    with cost 12\n\n- tests", "Add auth", "JWT: 15 minutes; refreshed|bcrypt with cost 12|tests", "")]
    [InlineData("  Add auth\n  Requirements:\n    - JWT\n    - bcrypt\n  Keep it simple.", "Add auth\n  Keep it simple.", "JWT|bcrypt", "")]
    [InlineData("Add auth\nRequirements:\n- use Zod\n- Use  zod", "Add auth", "use Zod", "")]
    [InlineData("Add auth\nRequirement: JWT", "Add auth", "JWT", "")]
    public void Parse_List_IsRecognised(string text, string goal, string constraints, string hints) =>
        Assert.Equal(new RunRequest(goal, Items(constraints), Items(hints)), RequestText.Parse(text));

    [Theory]
    [InlineData("The service must: answer fast, never fail")]
    [InlineData("Add the page \"Requirements\" with a list: name, owner")]
    [InlineData("The requirements are in docs/auth.md; read them first")]
    [InlineData("Use 3 agents if you like")]
    [InlineData("Parse headers of the form requirements: a, b")]
    [InlineData("Implement how to split into: pages and files")]
    [InlineData("## Requirements for the API\n- one\n- two")]
    [InlineData("Show this:\n```\nRequirements:\n- none\n```\nand that")]
    [InlineData("Fix these:\n- login\n- logout")]
    [InlineData("Add a field Must-have: it is a flag")]
    public void Parse_OrdinaryProse_StaysTheGoal(string text) => Assert.Equal(new RunRequest(text, [], []), RequestText.Parse(text));

    [Fact]
    public void With_MoreItems_AreAddedOnceEach() => Assert.Equal(
        new RunRequest("Add auth", ["use Zod", "100% coverage"], ["one agent for types"]),
        RequestText.Parse("Add auth\nRequirements: use Zod").With(["Use zod", " ", "100%  coverage"], ["one agent for types", "one agent for types "]));

    [Fact]
    public void Parse_AnyText_LosesNoWord() => Gen.Select(Lines.Array[0, 10], Gen.Bool).Sample((lines, windows) =>
    {
        var number = 0;
        var text = Regex.Replace(string.Join(windows ? "\r\n" : "\n", lines), "@", _ => $"w{++number}");

        var request = RequestText.Parse(text);

        var found = Regex.Matches(string.Join('\n', [request.Goal, .. request.Constraints, .. request.SplitHints]), @"w\d+").Select(match => match.Value);
        Assert.Equal(Enumerable.Range(1, number).Select(word => $"w{word}").Order(), found.Order());
        Assert.DoesNotContain('\r', request.Goal);
        Assert.All(request.Constraints.Concat(request.SplitHints), item => Assert.Equal(item.Trim(), item));
        Assert.DoesNotContain("", request.Constraints.Concat(request.SplitHints));
    });

    private static ValueList<string> Items(string items) => items.Split('|', StringSplitOptions.RemoveEmptyEntries).ToValueList();

    [Fact]
    public void Title_GoalOfSeveralLines_IsItsFirst() => Assert.Equal("Add auth", new RunRequest("Add auth \nand more", [], []).Title);

    [Fact]
    public void ProblemOf_Request_IsSaidOfEmptyAndTooLongGoals()
    {
        Assert.Equal("The request is empty.", RequestRules.ProblemOf(RequestText.Parse(" \n ")));
        Assert.Equal("The request has 50001 characters; at most 50000 are taken.", RequestRules.ProblemOf(new(new('a', 50_001), [], [])));
        Assert.Null(RequestRules.ProblemOf(Some.Request));
    }
}
