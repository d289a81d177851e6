using Microsoft.Extensions.AI;
using Planlane.Budgets;
using Planlane.Hosting;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Testing;

namespace Planlane.Runs;

/// <summary>What is asked before the planner: only a clear no counts, and nothing is paid for twice.</summary>
public sealed class TriageRunTests
{
    private const string No = """{"divide":"no","kind":"bug-fix","reason":"One line of src/app.txt is wrong."}""";
    private const string Yes = """{"divide":"yes","kind":"feature","reason":"Three files."}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RunSettings Settings { get; } = RunHarness.Settings with { Mode = RunMode.Auto, Triages = true };

    [Fact]
    public async Task Run_ClearNo_EndsUnsuitableAfterOneCallOfTheAgentsModel()
    {
        using var repository = Script.Repository();
        var before = repository.Fingerprint();
        var asked = new List<ScriptedRequest>();
        var model = new ScriptedModel(request =>
        {
            asked.Add(request);
            return ScriptedAnswer.Says(No);
        });

        var state = await new RunHarness(repository, model).RunAsync("Correct the app text", Settings, cancellationToken: Token);

        Assert.Equal(new RunEnd(RunOutcome.Unsuitable, "One line of src/app.txt is wrong."), state.End);
        Assert.Equal(new TriageVerdict(TriageAnswer.No, RequestKind.BugFix, "One line of src/app.txt is wrong."), state.Triage);
        Assert.Equal("test-agent", Assert.Single(asked).Model);
        Assert.Equal(new Cost(0.0015m), Assert.Single(state.Calls).Cost);
        Assert.Empty(state.PlanRounds);
        Assert.Equal(before, repository.Fingerprint());
        Assert.Equal(
            """
            <triage>
            <repository>
            2 files, 0.0 kB
            Folders: (root) 1, src 1
            Files that the request's words point to, or that hang together with such, the nearest first:
            - src/app.txt (0.0 kB)
            </repository>

            <request>
            Correct the app text
            </request>
            </triage>
            """,
            Assert.Single(asked[0].Texts));
    }

    public static TheoryData<ScriptedAnswer> Unclear { get; } =
    [
        ScriptedAnswer.Says(Yes),
        ScriptedAnswer.Says("""{"divide":"unsure","kind":"feature","reason":"It says little."}"""),
        ScriptedAnswer.Says("No, one agent does it better."),
        ScriptedAnswer.Says("""{"divide":"no","kind":"bug-fix"}"""),
        ScriptedAnswer.Says("""{"divide":"no","kind":"bug-fix","reason":"  "}"""),
        ScriptedAnswer.Says("""{"divide":"never","kind":"bug-fix","reason":"It is small."}"""),
        ScriptedAnswer.Says($$"""{"divide":"no","kind":"bug-fix","reason":"{{new string('x', 601)}}"}"""),
        ScriptedAnswer.Says(""),
        ScriptedAnswer.Says(No) with { Ending = ChatFinishReason.ContentFilter },
        ScriptedAnswer.Says(No[..30]) with { Ending = ChatFinishReason.Length },
    ];

    [Theory]
    [MemberData(nameof(Unclear))]
    public async Task Run_AnythingButAClearNo_IsLeftToThePlanner(ScriptedAnswer answer)
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => IsTriage(request) ? answer : ScriptedAnswer.Says(Script.Plan()));

        var state = await new RunHarness(repository, model) { OnPlan = _ => null }.RunAsync(Script.Request, Settings, cancellationToken: Token);

        Assert.NotEqual(TriageAnswer.No, state.Triage!.Divide);
        Assert.Equal(["test-agent", "test-planner"], state.Calls.Take(2).Select(call => call.Model.Value));
        Assert.NotEmpty(state.PlanRounds);
    }

    [Fact]
    public async Task Resume_KilledAfterTheAnswerWasRecorded_DoesNotAskAgain()
    {
        using var repository = Script.Repository();
        var ended = await new RunHarness(repository, new ScriptedModel(request => IsTriage(request) ? ScriptedAnswer.Says(Yes) : ScriptedAnswer.Says("no plan"))).RunAsync(Script.Request, Settings, cancellationToken: Token);
        var journal = new RunFolders(Path.Combine(repository.Folder, ".git")).JournalOf(ended.Id);
        var lines = await File.ReadAllLinesAsync(journal, Token);
        var triaged = Array.FindIndex(lines, line => line.Contains("\"request.triaged\"", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(journal, lines[..(triaged + 1)], Token);
        var asked = new List<bool>();

        var resumed = await new RunHarness(repository, new ScriptedModel(request =>
        {
            asked.Add(IsTriage(request));
            return ScriptedAnswer.Says("no plan");
        })).ResumeAsync(ended.Id, cancellationToken: Token);

        Assert.Equal([false, false, false], asked);
        Assert.Equal(ended.Calls.Select(call => (call.Model, call.Cost)), resumed.Calls.Select(call => (call.Model, call.Cost)));
    }

    private static bool IsTriage(ScriptedRequest request) => request.Texts[0].StartsWith("<triage>", StringComparison.Ordinal);
}
