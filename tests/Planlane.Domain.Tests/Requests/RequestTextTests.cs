using System.Text.RegularExpressions;
using CsCheck;

namespace Planlane.Requests;

public sealed class RequestTextTests
{
    private static readonly Gen<string> Lines = Gen.OneOf(new[] {
        "@ @", "- @", "– @, @", "* @ @", "2. @", "  @", "  - @", "", "Requirements:", "requirements: @; @", "Split into:", "Split it into: @, @", "Constraints: – @ – @", "@:" }.Select(Gen.Const).ToArray());

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
