using Planlane.Agents;
using Planlane.Values;

namespace Planlane.Reports;

public sealed class ClaimRulesTests
{
    private static readonly Ran Passed = new("dotnet test", 0, new(3, 0, 0), []);

    [Theory]
    [InlineData("Added the parser; all tests pass.")]
    [InlineData("Tests are green.")]
    [InlineData("Wrote it. All 12 unit tests passing now")]
    [InlineData("The test suite passes")]
    public void Contradictions_TestsAreSaidToPass_AreLookedUp(string words)
    {
        Assert.Equal(["It says that tests pass, but no test ran."], Of(words, new Ran("dotnet build", 0, null, [])));
        Assert.Equal(["It says that tests pass, but 1 of 4 failed."], Of(words, Passed with { Tests = new(3, 1, 0) }));
        Assert.Equal(["It says that tests pass, but all of them were skipped."], Of(words, Passed with { Tests = new(0, 0, 2) }));
        Assert.Empty(Of(words, Passed));
        Assert.Empty(Of(words, Passed with { Tests = new(0, 3, 0) }, Passed));
    }

    [Theory]
    [InlineData("I could not check whether tests pass.")]
    [InlineData("Tests should pass once the contract is there.")]
    [InlineData("Added tests for passing a token.")]
    [InlineData("Wrote the parser and its tests.")]
    [InlineData("Ensures that the tests pass")]
    public void Contradictions_WordsThatClaimNothingOfTests_AreNone(string words) => Assert.Empty(Of(words));

    [Theory]
    [InlineData("Ran `dotnet test --no-build` and it passed", "It says that it ran 'dotnet test --no-build', but that did not run.")]
    [InlineData("Verified it with `npm run lint`.", "It says that it ran 'npm run lint', but that did not run.")]
    [InlineData("I ran the tests.", "It says that it ran tests or a build, but nothing ran.")]
    [InlineData("Could not run `dotnet test`", null)]
    [InlineData("Run it with the class `TokenTests`", null)]
    [InlineData("The script runs `build.ps1`", null)]
    public void Contradictions_CommandsAreSaidToHaveRun_AreLookedUp(string words, string? contradiction) =>
        Assert.Equal(contradiction is null ? [] : [contradiction], Of(words));

    [Fact]
    public void Contradictions_CommandThatRanAmongOthers_IsNone() =>
        Assert.Empty(Of("Ran `dotnet test` twice.", new Ran("cd src && dotnet test  --nologo", 0, null, [])));

    [Fact]
    public void Unfounded_SuccessClaimedBeforeAnyToolCall_IsNamedWithItsTurn()
    {
        ValueList<Turn> turns =
        [
            Some.Turn(1, AnswerStop.EndTurn, [new AnswerBlock.Text("I have implemented the parser.")], []),
            Some.Turn(2, AnswerStop.ToolUse, [new AnswerBlock.ToolCall("c1", "write_file", "{}")], [new("c1", "ok", false)]),
            Some.Turn(3, AnswerStop.EndTurn, [new AnswerBlock.Text("The parser is complete.")], []),
        ];

        Assert.Equal(["In turn 1 it said that the work was done, and had called no tool."], ClaimRules.Unfounded(Task with { Turns = turns }));
    }

    private static TaskState Task => TaskState.Planned(Some.Task("a"), new("Haiku-1"));

    private static IEnumerable<string> Of(string words, params Ran[] runs) => ClaimRules.Contradictions(Task, new AgentWords("Wrote it", words), runs);
}
