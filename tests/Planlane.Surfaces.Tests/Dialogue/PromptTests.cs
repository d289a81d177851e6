using Planlane.Approval;
using Planlane.Cli.Dialogue;
using Planlane.Cli.Output;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Support;
using Planlane.Values;

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
            "no tests please\nyes", answers => new PlanPrompt(answers, new PlanEditor(null!, answers.Screen, _ => null)).AskAsync(state, TestContext.Current.CancellationToken)));
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

    [Theory]
    [InlineData("yes")]
    [InlineData("what?\ny")]
    public async Task ReviewPrompt_Yes_Approves(string typed) => Assert.Equal(new ReviewDecision.Approved([]), await ReviewAsync(typed));

    [Fact]
    public async Task ReviewPrompt_No_Rejects() => Assert.Equal(new ReviewDecision.Rejected(), await ReviewAsync("no"));

    [Theory]
    [InlineData("no Haiku-2")]
    [InlineData("except haiku-2")]
    [InlineData("except Haiku-9\nwithout jwt")]
    public async Task ReviewPrompt_NamedAgent_IsLeftOut(string typed) => Assert.Equal(new ReviewDecision.Approved([new TaskId("jwt")]), await ReviewAsync(typed));

    [Fact]
    public async Task ReviewPrompt_EveryAgentLeftOut_IsNotTaken() =>
        Assert.Null(await ReviewAsync("except haiku-1 haiku-2 haiku-3 haiku-4 and haiku-5"));

    [Fact]
    public async Task ReviewPrompt_Changes_TakesWordsForSeveral() => Assert.Equal(
        new ReviewDecision.ChangesRequested([new ReviewComment(new TaskId("password"), "Use scrypt"), new ReviewComment(null, "Shorter names")]),
        await ReviewAsync("changes\nhaiku-3\nUse scrypt\nnobody\nall\nShorter names\n\n"));

    [Fact]
    public async Task ReviewPrompt_ChangesWithoutWords_AsksAgain() => Assert.Equal(new ReviewDecision.Rejected(), await ReviewAsync("changes\n\nno"));

    [Fact]
    public async Task ReviewPrompt_AgentAndWords_AsksThatAgent() => Assert.Equal(
        new ReviewDecision.ChangesRequested([new ReviewComment(new TaskId("tests"), "also an expired token: 401")]),
        await ReviewAsync("Haiku-5: also an expired token: 401"));

    [Theory]
    [InlineData("")]
    [InlineData("changes")]
    [InlineData("changes\nhaiku-1")]
    public async Task ReviewPrompt_EndOfInput_DecidesNothing(string typed) => Assert.Null(await ReviewAsync(typed));

    private static Task<PlanDecision?> PlanAsync(string typed) =>
        WithAnswersAsync(typed, answers => new PlanPrompt(answers, new PlanEditor(null!, answers.Screen, _ => null)).AskAsync(AuthRun.Planned().State, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("diff\nyes", "(all)")]
    [InlineData("diff haiku-2\nyes", "jwt")]
    public async Task ReviewPrompt_Diff_ShowsItAndAsksAgain(string typed, string expected)
    {
        var shown = new List<string>();

        var decision = await ReviewAsync(typed, task => shown.Add(task?.Value ?? "(all)"));

        Assert.Equal(new ReviewDecision.Approved([]), decision);
        Assert.Equal([expected], shown);
    }

    private static Task<ReviewDecision?> ReviewAsync(string typed, Action<TaskId?>? shown = null) => WithAnswersAsync(typed, answers => new ReviewPrompt(answers, (_, task, _) =>
    {
        shown?.Invoke(task);
        return Task.FromResult("+a line");
    }).AskAsync(AuthRun.Reviewable().State, TestContext.Current.CancellationToken));

    private static async Task<T> WithAnswersAsync<T>(string typed, Func<Answers, Task<T>> ask)
    {
        using var console = new Spectre.Console.Testing.TestConsole();
        return await ask(new Answers(new Screen(console, Glyphs.Plain), new StringReader(typed)));
    }
}
