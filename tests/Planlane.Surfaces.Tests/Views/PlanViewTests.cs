using Planlane.Budgets;
using Planlane.Cli.Views;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Support;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Views;

public sealed class PlanViewTests
{
    [Fact]
    public void PlanView_WideTerminal_ShowsStagesChecksAndEstimate() =>
        Snapshot.Match(Screens.Fancy(screen => { PlanView.Write(screen, AuthRun.Planned().State); screen.Ask(PlanView.Question); }));

    [Fact]
    public void PlanView_Plain_SaysEverythingInWords() =>
        Snapshot.Match(Screens.Plain(screen => { PlanView.Write(screen, AuthRun.Planned().State); screen.Ask(PlanView.Question); }));

    [Fact]
    public void PlanView_NarrowTerminal_WrapsInsideItsTree() =>
        Snapshot.Match(Screens.Fancy(screen => PlanView.Write(screen, AuthRun.Planned().State), width: 46));

    [Fact]
    public void PlanView_Colours_ComeFromTheSixteenOfTheTerminal() =>
        Snapshot.Match(Screens.Coloured(screen => PlanView.Write(screen, AuthRun.Planned().State)));

    [Fact]
    public void PlanView_ScriptedModelUncommittedWorkAndRequirements_AreSaid()
    {
        var request = new RunRequest("Validate all endpoints\nand say what was wrong", ["Use Zod", "No new dependencies"], ["one agent for tests"]);
        var plan = AuthRun.Plan with
        {
            Contracts = [],
            Checks = [],
            Covers = [new("Use Zod", [new("types"), new("jwt")]), new("No new dependencies", [new("service")]), new("one agent for tests", [new("tests")])],
            Tasks = AuthRun.Plan.Tasks.Replace(task => task.Id.Value == "tests", task => task with { Check = "npm test -- auth", Estimate = new TaskEstimate(3_200) }),
        };
        var settings = new RunSettings(SampleRun.Sonnet, SampleRun.Haiku, Budget: new Cost(3), Scripted: true);
        var state = SampleRun.Started(settings, request, new RepoPath("README.md"), new RepoPath("src/app.ts")).Planned(plan).State;

        Snapshot.Match(Screens.Fancy(screen => PlanView.Write(screen, state)));
    }

    [Fact]
    public void PlanView_ChecksOfContractsNotesFiguresAndModels_AreSaid() => Snapshot.Match(Screens.Fancy(screen => PlanView.Write(screen, Proven(RunMode.Auto))));

    [Fact]
    public void PlanView_ProvenPlain_SaysEverythingInWords() => Snapshot.Match(Screens.Plain(screen => PlanView.Write(screen, Proven(RunMode.Forced))));

    [Theory]
    [InlineData(200, "ORCHESTRATION PLAN")]
    [InlineData(24, "All of it, with files, requirements and whole commands: details")]
    public void PlanOverview_Question_ShowsTheWholeWhereItFits(int rows, string words)
    {
        var text = Screens.Fancy(screen => PlanOverview.WriteFitting(screen, AuthRun.Planned().State, new SandboxFacts(SandboxKind.Bubblewrap), rows), width: 80);

        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.InRange(text.Split('\n').Length, 1, rows);
        Assert.Equal(rows == 200, text.Contains("Files: ", StringComparison.Ordinal));
    }

    [Fact]
    public void PlanOverview_TwentyFourRows_NamesEachAgentOnALine() =>
        Snapshot.Match(Screens.Fancy(screen => PlanOverview.Write(screen, Proven(RunMode.Auto), new SandboxFacts(SandboxKind.Bubblewrap), 24), width: 80));

    [Fact]
    public void PlanOverview_Plain_SaysEverythingInWords() =>
        Snapshot.Match(Screens.Plain(screen => PlanOverview.Write(screen, Proven(RunMode.Forced), new SandboxFacts(SandboxKind.Bubblewrap), 24), width: 80));

    [Fact]
    public void PlanOverview_FewRows_CountsTheAgentsThatDoNotFit() =>
        Assert.Contains("5 agents in all", Screens.Fancy(screen => PlanOverview.Write(screen, AuthRun.Planned().State, new SandboxFacts(SandboxKind.Bubblewrap), 14), width: 80), StringComparison.Ordinal);

    [Fact]
    public void PlanView_HeadIsDetached_SaysThatNoBranchWillHaveTheCommits()
    {
        var state = AuthRun.Planned().State;
        Assert.Contains("HEAD is detached: the commits will be on no branch.", Screens.Plain(screen => PlanView.Write(screen, state with { Base = state.Base with { Branch = null } }), width: 200), StringComparison.Ordinal);
    }

    [Fact]
    public void PlanView_OneAgentAlone_SaysSo()
    {
        var settings = new RunSettings(SampleRun.Sonnet, SampleRun.Sonnet, MaxTurns: 60, Mode: RunMode.Single);
        var request = new RunRequest("Fix the flaky login test. It fails on Mondays.", ["keep the API"], []);
        var plan = SinglePlan.Of(request, settings, [new PlannedCheck("test", "npm test")], new(2026, 11, 2));
        var estimate = SinglePlan.EstimateOf(plan, SinglePlan.SizeOf(request, settings, new(2026, 11, 2)));

        Snapshot.Match(Screens.Fancy(screen => PlanView.Write(screen, SampleRun.Started(settings, request).Then(new PlanGiven(plan, estimate)).State)));
    }

    [Theory]
    [InlineData(SandboxKind.Bubblewrap, NetworkAccess.None, true, "Commands: bubblewrap, no network.")]
    [InlineData(SandboxKind.Landlock, NetworkAccess.Hosts, true, "Commands: Landlock, no network but registry.npmjs.org, *.example.org.")]
    [InlineData(SandboxKind.Seatbelt, NetworkAccess.Open, true, "Commands: sandbox-exec, the whole network.")]
    [InlineData(SandboxKind.JobObject, NetworkAccess.None, true, "Commands: a Windows job object: processes and memory are held, files and network are not.")]
    [InlineData(SandboxKind.None, NetworkAccess.None, true, "Commands: no sandbox, as this machine has none; they run with your rights: your files and your network.")]
    [InlineData(SandboxKind.Bubblewrap, NetworkAccess.None, false, "Commands: no sandbox, as you wanted; they run with your rights: your files and your network.")]
    public void PlanView_Commands_SaysInOneLineWhatHoldsThem(SandboxKind kind, NetworkAccess network, bool isSandboxed, string line)
    {
        var policy = new WorkspacePolicy { Network = network, IsSandboxed = isSandboxed, Hosts = network is NetworkAccess.Hosts ? ["registry.npmjs.org", "*.example.org"] : [] };
        var state = SampleRun.Started(new RunSettings(SampleRun.Sonnet, SampleRun.Haiku) { Workspace = policy }).Planned(AuthRun.Plan).State;

        Assert.Contains(line, Screens.Plain(screen => PlanView.Write(screen, state, new SandboxFacts(kind)), width: 160).Split('\n').Select(text => text.Trim()));
    }

    [Fact]
    public void PlanView_SetupVariablesAndSecrets_AreListedBeforeTheYes()
    {
        var policy = new WorkspacePolicy { Setup = ["npm ci", "curl \u001b[2Jhttps://example.org/x | sh"], Environment = [new("NODE_ENV", "test")], Include = [".env.test", "certs/*.pem"] };
        var state = SampleRun.Started(new RunSettings(SampleRun.Sonnet, SampleRun.Haiku) { Workspace = policy }).Planned(AuthRun.Plan).State;

        Snapshot.Match(Screens.Fancy(screen => PlanView.Write(screen, state, new SandboxFacts(SandboxKind.Bubblewrap))));
    }

    [Fact]
    public void PlanView_FilesThatCommandsSeeOtherwise_AreALineForEachReason()
    {
        var state = AuthRun.Planned().State;
        var notes = BaseNote.Of(
        [
            .. Enumerable.Range(1, 7).Select(number => new BaseRemark(new($"docs/{number}.md"), RemarkKind.NotCheckedOut)),
            .. Enum.GetValues<RemarkKind>().Where(kind => kind is not (RemarkKind.Secret or RemarkKind.NotCheckedOut)).Select(kind => new BaseRemark(new($"a/{kind}"), kind)),
            new(new("b/.env"), RemarkKind.Secret),
            new(new("\u001b[2J\u202e.env"), RemarkKind.Secret),
            new(new("z.env\n\u2705 ORCHESTRATION COMPLETE"), RemarkKind.Secret),
        ]);

        Snapshot.Match(Screens.Fancy(screen => PlanView.Write(screen, state with { Base = state.Base with { Notes = notes } })));
    }

    [Theory]
    [InlineData(5, "Agents as you asked: - 5")]
    [InlineData(8, "Agents as you asked: you asked for 8, the plan has 5")]
    public void PlanView_NumberOfAgents_IsShownWithWhatThePlanHas(int wanted, string line)
    {
        var state = AuthRun.Planned().State;

        Assert.Contains(line, Screens.Plain(screen => PlanView.Write(screen, state with { Request = state.Request with { Agents = wanted } })).Split('\n'));
    }

    private static RunState Proven(RunMode mode)
    {
        var plan = AuthRun.Plan with
        {
            Contracts = [.. AuthRun.Plan.Contracts, new(new("auth/errors.ts"), "export class AuthError extends Error {}\n"), new(new("auth/schema.sql"), "create table users ();\n")],
            Tasks = AuthRun.Plan.Tasks.Replace(task => task.Id.Value == "jwt", task => task with { Model = SampleRun.Sonnet.Id }),
            Covers = [new("use Zod", [new("types"), new("jwt")]), new("one agent for tests", [new("tests")])],
        };
        var settings = new RunSettings(SampleRun.Sonnet, SampleRun.Haiku, Mode: mode) { Models = [SampleRun.Sonnet, SampleRun.Haiku] };
        var state = SampleRun.Started(settings, new RunRequest("Add authentication", ["use Zod"], ["one agent for tests"])).Planned(plan).State;
        return state with
        {
            PlanNotes = [new("lanes-ordered", "Task 'tests' waits for 'service', as both own 'tests/auth.test.ts'; that costs about a minute.")],
            ContractChecks =
            [
                new(new("auth/contracts.ts"), ContractState.Compiled, null), new(new("auth/errors.ts"), ContractState.Parsed, "the names were not resolved"),
                new(new("auth/schema.sql"), ContractState.Unchecked, "no reader for SQL"),
            ],
            Verdict = new SuitabilityVerdict(mode is RunMode.Auto, mode is RunMode.Auto ? [] : ["The longest chain of tasks holds 64% of the work."]) { Files = 7, ChainShare = 0.41 },
        };
    }

    [Fact]
    public void PlanView_HostileText_CannotSteerTheTerminal()
    {
        var plan = AuthRun.Plan with { Tasks = [AuthRun.Plan.Tasks[0] with { Title = "Clear \u001b[2J the [red]screen[/] :fire: \u202egnp.exe" }] };

        Snapshot.Match(Screens.Fancy(screen => PlanView.Write(screen, SampleRun.Started().Planned(plan).State)));
    }

    [Fact]
    public void PlanView_PlanThatSavesNothing_SaysSo()
    {
        var state = AuthRun.Planned().State;
        var dear = state with { Estimate = state.Estimate! with { Total = state.Estimate.Total with { Usd = new(0.5, 0.9), Minutes = new(30, 40) } } };

        Assert.Contains("saves nothing; one agent alone may be the better choice", Screens.Fancy(screen => PlanView.Write(screen, dear), 300), StringComparison.Ordinal);
    }

    [Fact]
    public void PlanView_EarlierRunsTaughtTheEstimate_SaysHowMany()
    {
        var run = AuthRun.Planned();
        var taught = new EstimateExperience(6, new(6, 1.2, 0.2), new(6, 0.8, 0.3), new(6, 3, 0.1), new(6, 1.1, 0.2), new(6, 1.1, 0.2), new(6, 1.3, 0.4));
        var state = run.State with { Estimate = run.EstimateOf(AuthRun.Plan, taught) };

        Snapshot.Match(Screens.Plain(screen => EstimateLines.Write(screen, state)));
    }

    [Fact]
    public void PlanView_JournalWithoutPercentiles_ShowsThePlanWithoutAnEstimate() => Assert.DoesNotContain(
        "Estimate", Screens.Plain(screen => PlanView.Write(screen, AuthRun.Planned().State with { Estimate = null })), StringComparison.Ordinal);
}
