using CsCheck;
using Planlane.Values;

namespace Planlane.Planning;

public sealed class PlanRulesTests
{
    private static readonly Plan Good = Some.Plan(Some.Task("types"), Some.Task("service", after: ["types"]), Some.Task("tests", owns: ["tests/"]));

    private static readonly Dictionary<string, Plan> Broken = new()
    {
        ["version-known"] = Good with { Version = 3 },
        ["has-tasks"] = Some.Plan(),
        ["ids-unique"] = Some.Plan(Some.Task("a"), Some.Task("a", owns: ["src/b.cs"])),
        ["ids-kebab-case"] = Some.Plan(Some.Task("Add_Types")),
        ["owns-something"] = Some.Plan(Some.Task("a", owns: [])),
        ["has-words"] = Some.Plan(Some.Task("a") with { Brief = " " }),
        ["estimate-sane"] = Some.Plan(Some.Task("a", minutes: double.NaN)),
        ["checks-complete"] = Good with { Checks = [new("test", "")] },
        ["paths-inside"] = Some.Plan(Some.Task("a", owns: ["src/a.cs", "../b.cs"])),
        ["dependencies-exist"] = Some.Plan(Some.Task("a", after: ["b"])),
        ["acyclic"] = Some.Plan(Some.Task("a", after: ["b"]), Some.Task("b", after: ["a"])),
        ["lanes-disjoint"] = Some.Plan(Some.Task("a", owns: ["src/**"]), Some.Task("b", owns: ["SRC/**/b.cs"])),
        ["contracts-unowned"] = Some.Plan(Some.Task("a", owns: ["src/"])) with { Contracts = [new(new("src/IClock.cs"), "")] },
        ["contracts-unique"] = Good with { Contracts = [new(new("src/IClock.cs"), ""), new(new("src/iclock.cs"), "")] },
        ["reads-exist"] = Some.Plan(Some.Task("a") with { Reads = [new("src/b.cs")] }, Some.Task("b")),
        ["items-covered"] = Good with { Covers = [new("use JWT", Some.Ids("types")), new("one agent for types", Some.Ids("nobody"))] },
        ["criteria-owned"] = Some.Plan(Some.Task("a") with { Acceptance = ["`src/other/b.cs` compiles"] }),
        ["uncommitted-kept"] = Some.Plan(Some.Task("a", owns: ["docs/*"])),
    };

    private static readonly Gen<Plan> Plans =
        Gen.Select(Gen.OneOf(new[] { "a", "b", "A", "*", "**", "?b", "a*" }.Select(Gen.Const).ToArray()).Array[1, 3].Array[1, 2], Gen.Int[0, 7])
            .Array[2, 5].Select(tasks => Some.Plan([.. tasks.Select((task, index) => Some.Task(
                $"t{index}",
                owns: [.. task.Item1.Select(parts => string.Join('/', parts))],
                after: [.. Enumerable.Range(0, index).Where(earlier => (task.Item2 >> earlier & 1) == 1).Select(earlier => $"t{earlier}")]))]));

    private static readonly RepoPath[] AllPaths = [.. Words(1).Concat(Words(2)).Concat(Words(3)).Select(path => new RepoPath(path))];

    public static TheoryData<string> Rules => [.. Broken.Keys];

    [Fact]
    public void Check_PlanThatKeepsAllRules_FindsNothing() => Assert.Equal([], Problems(Good));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Check_PlanThatBreaksOneRule_NamesExactlyThatRule(string rule) =>
        Assert.Equal([rule], Problems(Broken[rule], rule).Select(problem => problem.Rule).Distinct());

    [Fact]
    public void Check_UnsuitableRequest_FindsNothing() => Assert.Equal([], Problems(Some.Plan() with { Suitability = new(false, "One file.") }));

    [Fact]
    public void Check_OverlappingLanes_SaysWhoAndWhere() => Assert.Equal(
        [new PlanProblem("lanes-disjoint", "Tasks 'a' and 'b' can run together and both own 'src/**' / 'SRC/**/b.cs'; give it to one of them, or make one depend on the other.")],
        Problems(Broken["lanes-disjoint"]));

    [Fact]
    public void Check_SameLaneOneAfterTheOther_IsAllowed() =>
        Assert.Equal([], Problems(Some.Plan(Some.Task("a", owns: ["src/"]), Some.Task("b", after: ["a"]), Some.Task("c", owns: ["src/x.cs"], after: ["b"]))));

    [Fact]
    public void Check_ReadsOfOtherPlacesThatHoldTheFile_AreAllowed()
    {
        var reader = Some.Task("b", after: ["a"]) with { Reads = [new("src/a.cs"), new("src/IClock.cs"), new("README.md")] };
        var plan = Some.Plan(Some.Task("a"), reader) with { Contracts = [new(new("src/IClock.cs"), "")] };

        Assert.Equal([], PlanRules.Check(plan, Some.Request, Some.Settings, new([new(new("README.md"))], [])));
    }

    [Theory]
    [InlineData("src/a.cs has a class")]
    [InlineData("the endpoint answers application/json")]
    [InlineData("see https://example.org/docs/page.html")]
    [InlineData("and/or both")]
    public void Check_CriterionThatNamesNoForeignFile_IsAllowed(string criterion) =>
        Assert.Equal([], Problems(Some.Plan(Some.Task("a") with { Acceptance = [criterion] })));

    [Theory]
    [InlineData("a", true)]
    [InlineData("auth-types-2", true)]
    [InlineData("a-", false)]
    [InlineData("a--b", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    [InlineData("a123456789-123456789-123456789-123456789", true)]
    [InlineData("a123456789-123456789-123456789-123456789x", false)]
    public void Check_TaskId_IsKebabCaseOfAtMostFortyCharacters(string id, bool allowed) =>
        Assert.Equal(allowed, Problems(Some.Plan(Some.Task(id, owns: ["src/a.cs"]))).Count == 0);

    [Fact]
    public void Check_ContractOverUncommittedChanges_IsRefused()
    {
        var plan = Good with { Contracts = [new(new("docs/Plan.md"), "")] };

        Assert.Equal(["uncommitted-kept"], Problems(plan, "uncommitted-kept").Select(problem => problem.Rule));
    }

    [Fact]
    public void Check_AcceptedPlan_NeverLetsTwoTasksThatRunTogetherOwnOnePath()
    {
        var accepted = 0;
        Gen.Select(Plans, Gen.Int).Sample(
            (plan, seed) =>
            {
                if (PlanRules.Check(plan, Some.Request, Some.Settings, Some.EmptyRepository).Count > 0)
                    return;
                Interlocked.Increment(ref accepted);
                foreach (var together in RunInAnyOrder(plan, new Random(seed)))
                    Assert.All(AllPaths, path => Assert.True(together.Count(task => task.Owns.Includes(path)) <= 1, $"{path} in {string.Join(" and ", together)}"));
            },
            iter: 2_000);
        Assert.True(accepted > 50, $"Only {accepted} plans were accepted.");
    }

    private static ValueList<PlanProblem> Problems(Plan plan, string rule = "") => PlanRules.Check(
        plan,
        rule == "items-covered" ? new("Add auth", ["use JWT"], ["one agent for types"]) : Some.Request,
        Some.Settings,
        new([], rule == "uncommitted-kept" ? [new("docs/plan.md")] : []));

    // Every set of tasks that run at once when all that may start do, and they end in a random order.
    private static IEnumerable<List<PlannedTask>> RunInAnyOrder(Plan plan, Random random)
    {
        var ended = new HashSet<TaskId>();
        while (ended.Count < plan.Tasks.Count)
        {
            var running = plan.Tasks.Where(task => !ended.Contains(task.Id) && task.DependsOn.All(ended.Contains)).ToList();
            yield return running;
            ended.Add(running[random.Next(running.Count)].Id);
        }
    }

    private static IEnumerable<string> Words(int parts) =>
        parts == 0 ? [""] : Words(parts - 1).SelectMany(rest => new[] { "a", "b", "ab" }.Select(part => rest.Length == 0 ? part : $"{rest}/{part}"));
}
