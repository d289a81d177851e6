using Planlane.Approval;
using Planlane.Cli.Dialogue;
using Planlane.Cli.Output;
using Planlane.Requests;
using Planlane.Support;

namespace Planlane.Dialogue;

public sealed class PromptTests
{
    [Theory]
    [InlineData("yes")]
    [InlineData("Y")]
    [InlineData("\n\n  YES ")]
    public async Task PlanPrompt_Yes_Approves(string typed) => Assert.Equal(new PlanDecision.Approved { PlanHash = Planning.PlanFile.HashOf(AuthRun.Plan) }, await PlanAsync(typed));

    [Fact]
    public async Task PlanPrompt_No_Rejects() => Assert.Equal(new PlanDecision.Rejected(), await PlanAsync("n"));

    [Fact]
    public async Task PlanPrompt_OtherWords_AskForAnotherPlan() =>
        Assert.Equal(new PlanDecision.Revise("no tests please"), await PlanAsync("no tests please"));

    [Fact]
    public async Task PlanPrompt_OtherWordsToOneAgent_AreNotForAPlanner()
    {
        var state = AuthRun.Planned(new RunSettings(SampleRun.Sonnet, SampleRun.Sonnet, Mode: RunMode.Single)).State;

        Assert.IsType<PlanDecision.Approved>(await WithAnswersAsync(
            "no tests please\nyes", answers => new PlanPrompt(answers, new PlanEditor(null!, answers.Screen, _ => null), _ => { }).AskAsync(state, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task PlanPrompt_Details_ShowsTheWholeAndAsksAgain()
    {
        var shown = 0;

        Assert.IsType<PlanDecision.Approved>(await WithAnswersAsync(
            "Details\nyes", answers => new PlanPrompt(answers, new PlanEditor(null!, answers.Screen, _ => null), _ => shown++).AskAsync(AuthRun.Planned().State, TestContext.Current.CancellationToken)));
        Assert.Equal(1, shown);
    }

    [Fact]
    public async Task PlanPrompt_EndOfInput_DecidesNothing() => Assert.Null(await PlanAsync(""));

    [Theory]
    [InlineData("yes", RunMode.Single)]
    [InlineData("what?\nY", RunMode.Single)]
    [InlineData("Divide anyway", RunMode.Forced)]
    [InlineData("no", null)]
    [InlineData("", null)]
    public async Task UnsuitableOffer_Answer_IsOneAgentOrSeveralOrNone(string typed, RunMode? expected) =>
        Assert.Equal(expected, await WithAnswersAsync(typed, answers => UnsuitableOffer.AskAsync(answers, TestContext.Current.CancellationToken)));

    private static Task<PlanDecision?> PlanAsync(string typed) =>
        WithAnswersAsync(typed, answers => new PlanPrompt(answers, new PlanEditor(null!, answers.Screen, _ => null), _ => { }).AskAsync(AuthRun.Planned().State, TestContext.Current.CancellationToken));

    private static async Task<T> WithAnswersAsync<T>(string typed, Func<Answers, Task<T>> ask)
    {
        using var console = new Spectre.Console.Testing.TestConsole();
        return await ask(new Answers(new Screen(console, Glyphs.Plain), new StringReader(typed)));
    }
}
