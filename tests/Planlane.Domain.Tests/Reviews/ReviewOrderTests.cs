using Planlane.Agents;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Reviews;

public sealed class ReviewOrderTests
{
    [Theory]
    [InlineData("src/Shop/Auth/JwtTokens.cs", "decides who may do what")]
    [InlineData("src/userPermissions.ts", "decides who may do what")]
    [InlineData("lib/PasswordHasher.java", "deals with secrets or cryptography")]
    [InlineData(".github/workflows/ci.yml", "runs in continuous integration")]
    [InlineData("docker/app.Dockerfile", "says what a container runs")]
    [InlineData("package.json", "runs when somebody installs, builds or opens the project")]
    [InlineData(".husky/pre-commit", "runs when somebody installs, builds or opens the project")]
    [InlineData("AGENTS.md", "tells coding agents what to do")]
    [InlineData(".env.production", "may hold secrets")]
    [InlineData("infra/main.tf", "changes what is deployed")]
    [InlineData("tests/auth.test.ts", null)]
    [InlineData("docs/auth.md", null)]
    [InlineData("src/author.ts", null)]
    [InlineData("src/tokenizer.cs", null)]
    [InlineData("src/Shop/Cart.cs", null)]
    public void SensitivePaths_Path_IsCalledWhatItIs(string path, string? expected) => Assert.Equal(expected, SensitivePaths.ReasonOf(new(path)));

    [Fact]
    public void RiskRules_File_SaysAllThatIsRisky()
    {
        var file = File("src/auth/session.cs", 20, 400) with
        {
            Hub = HubKind.ManyDependants,
            UsedBy = [new("src/a.cs"), new("src/b.cs")],
            Surface = new SurfaceChange(["Session.New"], ["Session.Open", "Session.Close"], ["Session.Drop", "Session.Old"]),
            ModeAfter = "100755",
        };

        Assert.Equal(
            [
                new(RiskKind.PublicSurface, "changes what others see: no Session.Drop, no Session.Old, Session.Open and 1 more; 2 files use it"),
                new(RiskKind.Security, "decides who may do what"),
                new(RiskKind.Deletion, "deletes 400 lines"),
                new(RiskKind.Hub, "2 files use it"),
                new(RiskKind.Mode, "becomes executable"),
                new(RiskKind.Size, "420 lines"),
            ],
            RiskRules.Of(file));
        Assert.Equal([new(RiskKind.Deletion, "deleted")], RiskRules.Of(File("src/x.cs", 0, 3) with { Kind = FileChangeKind.Deleted }));
        Assert.Equal([new(RiskKind.Mode, "a symbolic link"), new(RiskKind.Binary, "binary")], RiskRules.Of(File("x.bin", 0, 0) with { ModeAfter = "120000", IsBinary = true }));
        Assert.Equal([], RiskRules.Of(File("src/x.cs", 100, 3)));
    }

    [Fact]
    public void RiskRules_Evidence_SaysWhatIsMissing()
    {
        var plan = Some.Plan(Some.Task("a"));
        var state = Some.Prepared(plan).Worked("a");
        var task = state.Task(new("a"));
        var tested = Some.Check() with { Tests = new TestCounts(3, 0, 0) };
        var bad = task with
        {
            Report = task.Report! with { Contradictions = ["It says so."], Criteria = [new("x", CriterionStanding.NotMet, null), new("y", CriterionStanding.NotShown, null), new("z", CriterionStanding.Met, null)] },
        };

        Assert.Equal([], Words(task, Some.Work(1, ["a"], tested)));
        Assert.Equal(["its words and the facts differ", "1 of 3 criteria not met", "1 of 3 criteria not shown"], Words(bad, Some.Work(1, [], tested)));
        Assert.Equal([], Words(task with { Report = null }, Some.Work(1, ["a"])));
    }

    [Fact]
    public void ReviewOrder_Files_AreContractsThenWhatBreaksOthersThenRiskThenSize()
    {
        var files = new[]
        {
            File("src/small.cs", 1, 0),
            File("src/large.cs", 90, 0),
            File("src/auth/login.cs", 1, 0),
            File("src/api.cs", 1, 1) with { Surface = new SurfaceChange([], ["Api.Get"], []) },
            File("src/contract.cs", 5, 0) with { Task = null },
        }.Select(file => file with { Risks = RiskRules.Of(file) });

        Assert.Equal(["src/contract.cs", "src/api.cs", "src/auth/login.cs", "src/large.cs", "src/small.cs"], ReviewOrder.Of(files).Select(file => file.Path.Value));
    }

    [Fact]
    public void ReviewOrder_Agents_FollowTheirRiskiestFileAndWhatIsNoPartIsLast()
    {
        ReviewAgent Agent(string name, ReviewStanding standing, params ReviewFile[] files) => new(new(name), new(name), name, standing, ReviewOrder.Of(files.Select(file => file with { Risks = RiskRules.Of(file) })), []);
        var agents = new[]
        {
            Agent("plain", ReviewStanding.Kept, File("src/a.cs", 500, 0)),
            Agent("broken", ReviewStanding.NotPart, File("src/auth/a.cs", 1, 0)),
            Agent("auth", ReviewStanding.Kept, File("src/auth/b.cs", 1, 0)),
            Agent("thin", ReviewStanding.Kept, File("src/c.cs", 1, 0)) with { Risks = [new(RiskKind.Evidence, "no check ran on it")] },
            Agent("calm", ReviewStanding.Kept, File("src/d.cs", 1, 0)),
        };

        Assert.Equal(["auth", "plain", "thin", "calm", "broken"], ReviewOrder.Of(agents).Select(agent => agent.Agent.Value));
    }

    [Fact]
    public void SurfaceChange_TwoVersions_TellsWhatIsNewOtherAndGone() => Assert.Equal(
        new SurfaceChange(["A.New"], ["A.Sign"], ["A.Old"]),
        SurfaceChange.Between(
            [new("A.Sign", "string Sign()", 1), new("A.Old", "void Old()", 2), new("A.Same", "int Same", 3)],
            [new("A.Same", "int Same", 9), new("A.Sign", "string Sign(int days)", 1), new("A.New", "void New()", 2)]));

    [Fact]
    public void ReviewConsequences_PartsThatOthersBuildOn_AreNamed()
    {
        var plan = Some.Plan(Some.Task("a"), Some.Task("b", after: ["a"]), Some.Task("c"), Some.Task("d", after: ["b"]));
        var state = Some.Prepared(plan);
        ReviewAgent Agent(int number, string id, params string[] usedBy) => new(
            new($"Haiku-{number}"), new(id), id, ReviewStanding.Kept, [File($"src/{id}.cs", 1, 0) with { Task = new(id), UsedBy = usedBy.Select(path => new RepoPath(path)).ToValueList() }], []);
        var review = new Review(state.Id, 1, Some.Id('d'), true, [Agent(1, "a", "src/b.cs", "src/c.cs", "src/other.cs"), Agent(2, "b"), Agent(3, "c"), Agent(4, "d")]);
        ValueList<string> Of(params ReviewTarget[] targets) => ReviewConsequences.Of(state, review, new ReviewSelection(targets.ToValueList(), []));

        Assert.Equal(
            ["Haiku-2 builds on Haiku-1 by the plan.", "Haiku-4 builds on Haiku-1 by the plan.", "src/b.cs of Haiku-2 uses src/a.cs.", "src/c.cs of Haiku-3 uses src/a.cs."],
            Of(ReviewTarget.Of(new("a"))));
        Assert.Equal(["src/b.cs of Haiku-2 uses src/a.cs, of which you leave out a part."], Of(new ReviewTarget(new("a"), new("src/a.cs"), ["1"]), ReviewTarget.Of(new("c"))));
        Assert.Equal([], Of(ReviewTarget.Of(new("d"))));
    }

    private static string[] Words(TaskState task, CombinedWork work) => [.. RiskRules.OfEvidence(task, work, common: null).Select(risk => risk.Words)];

    private static ReviewFile File(string path, int added, int deleted) => new(new("a"), new(path), FileChangeKind.Changed, added, deleted, Some.Id('1'), Some.Id('2'));
}
