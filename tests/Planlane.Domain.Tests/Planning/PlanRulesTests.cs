using CsCheck;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

public sealed class PlanRulesTests
{
    private static readonly Plan Good = Some.Plan(Some.Task("types"), Some.Task("service", after: ["types"]), Some.Task("tests", owns: ["tests/"]));

    private static readonly PlannedTask Mover = Some.Task("a", owns: ["src/old.ts", "src/new.ts"]) with { Moves = [new(new("src/old.ts"), new("src/new.ts"))] };

    private static readonly Dictionary<string, RuleCase> Broken = new()
    {
        ["sizes-sane"] = new(Some.Plan(Some.Task("a", owns: [.. Enumerable.Range(0, 201).Select(number => $"src/{number}.cs")]))),
        ["version-known"] = new(Good with { Version = Plan.SchemaVersion + 1 }),
        ["has-tasks"] = new(Some.Plan()),
        ["ids-unique"] = new(Some.Plan(Some.Task("a"), Some.Task("a", owns: ["src/b.cs"]))),
        ["ids-kebab-case"] = new(Some.Plan(Some.Task("Add_Types"))),
        ["owns-something"] = new(Some.Plan(Some.Task("a", owns: []))),
        ["has-words"] = new(Some.Plan(Some.Task("a") with { Brief = " " })),
        ["estimate-sane"] = new(Some.Plan(Some.Task("a", tokens: 0))),
        ["checks-complete"] = new(Good with { Checks = [new("test", "")] }),
        ["text-plain"] = new(Some.Plan(Some.Task("a") with { Title = "Add \u202Esdrow" })),
        ["paths-inside"] = new(Some.Plan(Some.Task("a", owns: ["src/a.cs", "../b.cs"]))),
        ["case-collides"] = new(Some.Plan(Some.Task("a", owns: ["src/Auth/x.cs"]))) { Facts = Trees.Of("src/auth/y.cs") },
        ["file-or-folder"] = new(Some.Plan(Some.Task("a", owns: ["src/auth/x.cs"]))) { Facts = Trees.Of("src/auth") },
        ["no-symlinks"] = new(Some.Plan(Some.Task("a", owns: ["lib/x.cs"]))) { Facts = Trees.Of([Trees.Link("lib", "packages/lib")]) },
        ["dependencies-exist"] = new(Some.Plan(Some.Task("a", after: ["b"]))),
        ["acyclic"] = new(Some.Plan(Some.Task("a", after: ["b"]), Some.Task("b", after: ["a"]))),
        ["lanes-disjoint"] = new(Some.Plan(Some.Task("a", owns: ["src/**"]), Some.Task("b", owns: ["SRC/**/b.cs"]))),
        ["lane-narrow"] = new(Some.Plan(Some.Task("a"), Some.Task("b", owns: ["*/**"], after: ["a"]))),
        ["contracts-unowned"] = new(Some.Plan(Some.Task("a", owns: ["src/"])) with { Contracts = [new(new("src/IClock.cs"), "")] }),
        ["contracts-unique"] = new(Good with { Contracts = [new(new("src/IClock.cs"), ""), new(new("src/iclock.cs"), "")] }),
        ["uncommitted-kept"] = new(Some.Plan(Some.Task("a", owns: ["docs/*"]))) { Facts = new([], [new("docs/plan.md")]) },
        ["changes-owned"] = new(Some.Plan(Some.Task("a") with { ChangesSignatures = [new("src/b.cs")] })) { Facts = Trees.Of("src/b.cs") },
        ["moves-owned"] = new(Some.Plan(Mover)),
        ["dependants-owned"] = new(Some.Plan(Mover)) { Facts = Trees.Of([], Trees.Source("src/old.ts", language: "TypeScript"), Trees.Source("src/app.ts", language: "TypeScript", uses: "src/old.ts")) },
        ["hubs-isolated"] = new(Some.Plan(Some.Task("a", owns: ["src/App/App.csproj"]), Some.Task("b", owns: ["src/App/b.cs"]))) { Facts = Trees.Of([], Trees.Source("src/App/App.csproj", HubKind.Project)) },
        ["reads-exist"] = new(Some.Plan(Some.Task("a") with { Reads = [new("src/b.cs")] }, Some.Task("b"))),
        ["items-covered"] = new(Good with { Covers = [new("use JWT", Some.Ids("types")), new("one agent for types", Some.Ids("nobody"))] }) { Request = new("Add auth", ["use JWT"], ["one agent for types"]) },
        ["criteria-owned"] = new(Some.Plan(Some.Task("a") with { Acceptance = ["`src/other/b.cs` compiles"] })),
        ["agents-as-asked"] = new(Good) { Request = Some.Request with { Agents = 2 } },
        ["agents-within-limit"] = new(Good) { Settings = Some.Settings with { MaxAgents = 2 } },
        ["models-known"] = new(Some.Plan(Some.Task("a") with { Model = new("some-model") })),
        ["fits-context"] = new(Some.Plan(Some.Task("a") with { Reads = [new("big.sql")] })) { Facts = new([new(new("big.sql"), 600_000)], []) },
        ["division-insisted"] = new(Some.Plan() with { Suitability = new(false, "One file.") }) { Settings = Some.Settings with { Mode = RunMode.Forced } },
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
    public void Ids_All_HaveAPlanThatBreaksThem() => Assert.Equal(PlanRules.Ids.Order(), Broken.Keys.Order());

    [Fact]
    public void Check_PlanThatKeepsAllRules_FindsNothing() => Assert.Equal([], new RuleCase(Good).Problems);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Check_PlanThatBreaksOneRule_NamesExactlyThatRule(string rule) =>
        Assert.Equal([rule], Broken[rule].Problems.Select(problem => problem.Rule).Distinct());

    [Fact]
    public void Check_UnsuitableRequest_FindsNothing() => Assert.Equal([], new RuleCase(Some.Plan() with { Suitability = new(false, "One file.") }).Problems);

    [Fact]
    public void Check_OneAgentAloneWithTheWholeRepository_IsAllowed()
    {
        var plan = Some.Plan(Some.Task("whole", owns: ["**"])) with { Suitability = new(false, "You asked for one agent.") };

        Assert.Equal([], new RuleCase(plan) { Settings = Some.Settings with { Mode = RunMode.Single }, Facts = new([new(new("docs/plan.md"))], [new("docs/plan.md")]) }.Problems);
    }

    [Fact]
    public void Check_OverlappingLanes_SaysWhoAndWhere() => Assert.Equal(
        [new PlanProblem("lanes-disjoint", "Tasks 'a' and 'b' can run together and both own 'src/**' / 'SRC/**/b.cs' (such as 'src/b.cs'); give it to one of them, or make one depend on the other.") { At = "/tasks/1/owns/0" }],
        Broken["lanes-disjoint"].Problems);

    [Fact]
    public void Check_SameLaneOneAfterTheOther_IsAllowed() =>
        Assert.Equal([], new RuleCase(Some.Plan(Some.Task("a", owns: ["src/"]), Some.Task("b", after: ["a"]), Some.Task("c", owns: ["src/x.cs"], after: ["b"]))).Problems);

    [Fact]
    public void Check_ReadsOfOtherPlacesThatHoldTheFile_AreAllowed()
    {
        var reader = Some.Task("b", after: ["a"]) with { Reads = [new("src/a.cs"), new("src/IClock.cs"), new("README.md")] };
        var plan = Some.Plan(Some.Task("a"), reader) with { Contracts = [new(new("src/IClock.cs"), "")] };

        Assert.Equal([], new RuleCase(plan) { Facts = Trees.Of("README.md") }.Problems);
    }

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
        Assert.Equal(allowed, new RuleCase(Some.Plan(Some.Task(id, owns: ["src/a.cs"]))).Problems.Count == 0);

    [Fact]
    public void Check_ContractOverUncommittedChanges_IsRefused()
    {
        var plan = Good with { Contracts = [new(new("docs/Plan.md"), "")] };

        Assert.Equal(["uncommitted-kept"], new RuleCase(plan) { Facts = new([], [new("docs/plan.md")]) }.Problems.Select(problem => problem.Rule));
    }

    [Fact]
    public void Check_ManyProblemsOfOneRule_CountsTheRest()
    {
        var problems = new RuleCase(Some.Plan([.. Enumerable.Range(0, 70).Select(number => Some.Task($"T{number}"))])) { Settings = Some.Settings with { MaxAgents = 100 } }.Problems;

        Assert.Equal(PlanRules.MostOfOneRule + 1, problems.Count);
        Assert.Equal("ids-kebab-case: There are 20 more problems of this rule.", problems[^1].ToString());
    }

    [Fact]
    public void Check_AcceptedPlan_NeverLetsTwoTasksThatRunTogetherOwnOnePath()
    {
        var accepted = 0;
        Gen.Select(Plans, Gen.Int).Sample(
            (plan, seed) =>
            {
                if (new RuleCase(plan).Problems.Any(problem => problem.Rule is not ("lane-narrow" or "case-collides")))
                    return;
                Interlocked.Increment(ref accepted);
                foreach (var together in RunInAnyOrder(plan, new Random(seed)))
                    Assert.All(AllPaths, path => Assert.True(together.Count(task => task.Owns.Includes(path)) <= 1, $"{path} in {string.Join(" and ", together)}"));
            },
            iter: 2_000);
        Assert.True(accepted > 50, $"Only {accepted} plans were accepted.");
    }

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
