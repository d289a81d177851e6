using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Testing;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Journal;

public sealed class EventMaskTests
{
    private const string Known = "s3cr3t-value-1";
    private const string Shaped = "ghp_" + "0123456789abcdefABCDEF0123456789abcd";

    private static readonly ModelCall Call = new(new ModelId("m"), null, default, Cost.Zero, 0, 0);
    private readonly EventMask _mask = new(new SecretMask([Known]));

    [Fact]
    public void Event_WithoutASecret_IsTheSameObject()
    {
        RunEvent[] events = [new StepBegun(new StepId("land")), new TurnActed(new TaskId("a"), 1, [new ToolResult("c", "text", false)], ChangeSet.Empty), new PrefixWarmed()];

        Assert.All(events, happened => Assert.Same(happened, _mask.Of(happened)));
    }

    [Fact]
    public void ToolResultsAndOutputs_WithSecrets_AreMaskedAndPathsAreNot()
    {
        var path = new RepoPath($"src/{Shaped}.txt");
        var acted = new TurnActed(new TaskId("a"), 1, [new ToolResult("c", $"{Known} {Shaped}", false)], new ChangeSet([new FileChange(path, new ObjectId("0123"))]))
        {
            Commands = [new CommandRun($"echo {Known}", CommandEnd.Exited, 0, 1, $"> {Known}\n\"{Shaped}\"")],
        };

        var masked = (TurnActed)_mask.Of(acted);

        Assert.Equal(acted with
        {
            Results = [new ToolResult("c", $"{SecretMask.Mark} {SecretMask.Mark}", false)],
            Commands = [acted.Commands[0] with { Command = $"echo {SecretMask.Mark}", Output = $"> {SecretMask.Mark}\n\"{SecretMask.Mark}\"" }],
        }, masked);
    }

    [Fact]
    public void AnswerOfAModel_WithASampleOfAKey_KeepsTheSampleAndLosesAKnownValue()
    {
        var answered = new TurnAnswered(new TaskId("a"), 1, 1, [new AnswerBlock.ToolCall("c", "write_file", $$"""{"content":"{{Shaped}} {{Known}}"}""")], AnswerStop.ToolUse, Call);

        var call = (AnswerBlock.ToolCall)((TurnAnswered)_mask.Of(answered)).Answer[0];

        Assert.Equal($$"""{"content":"{{Shaped}} {{SecretMask.Mark}}"}""", call.Input);
    }

    [Fact]
    public void StartOfARun_LosesSecretsOfTheRequestAndKeepsTheSettingsThatItsCommandsNeed()
    {
        var settings = RunHarness.Settings with { Workspace = WorkspacePolicy.Default with { Environment = [new Variable("DB", Known)] } };

        var started = (RunStarted)_mask.Of(new RunStarted(new RunId("abc123"), new RunRequest($"Use {Known}", [Shaped], []), new RunBase(default, default, null, []), settings));

        Assert.Equal(new RunRequest($"Use {SecretMask.Mark}", [SecretMask.Mark], []), started.Request);
        Assert.Equal(settings, started.Settings);
    }
}
