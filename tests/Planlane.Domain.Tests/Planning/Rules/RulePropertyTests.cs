using CsCheck;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning.Rules;

/// <summary>For every rule: any sane plan keeps it, and any sane plan that is broken in one place breaks it.</summary>
public sealed class RulePropertyTests
{
    private static readonly string[] Unseen = ["\u202E", "\u2066", "\u200E", "\u061C", "\u0007", "\u001B"];

    // A tree of C# with a hub, a file that another one uses, a link and a big file, none of which a sane plan touches.
    private static readonly RepositoryFacts Tree = Trees.Of(
        [Trees.Link("link", "src/old"), Trees.Link("loop", "loop"), new(new("data/big.sql"), 900_000), new(new("README.md"), 100)],
        [
            Trees.Source("src/old/Used.ts", language: "TypeScript"), Trees.Source("src/old/User.ts", language: "TypeScript", uses: "src/old/Used.ts"),
            Trees.Source("app/app.csproj", HubKind.Project), Trees.Source("app/Program.cs", HubKind.Registration), Trees.Source("app/Parts/Part.cs"),
        ]);

    private static readonly RepositoryFacts Changed = new(Tree.Files, [new("src/old/User.ts")], Tree.Graph);

    // Lanes of disjoint folders or files, dependencies on earlier tasks only, and contracts of their own.
    private static readonly Gen<Plan> Sane = Gen.Select(Gen.Int[2, 6], Gen.Int[0, int.MaxValue - 1]).Select((count, seed) =>
    {
        var random = new Random(seed);
        var tasks = Enumerable.Range(0, count).Select(number =>
        {
            var after = Enumerable.Range(0, number).Where(_ => random.Next(3) == 0).Select(earlier => $"t{earlier}").ToArray();
            string[] owns = random.Next(3) switch { 0 => [$"new/p{number}/"], 1 => [$"new/p{number}/*.cs", $"new/p{number}/deep/**"], _ => [$"new/p{number}/A.cs", $"new/p{number}/B.cs"] };
            return Some.Task($"t{number}", owns, after, tokens: random.Next(200, 4_000)) with { Reads = [new("README.md")], Acceptance = [$"`new/p{number}/A.cs` compiles"] };
        });
        return Some.Plan([.. tasks]) with { Contracts = [new(new("new/contracts/IPart.cs"), "interface IPart;")], Checks = [new("build", "dotnet build")] };
    });

    private static readonly Dictionary<string, Func<Plan, Random, RuleCase>> Breaks = new()
    {
        ["sizes-sane"] = (plan, random) => One(plan, random, task => task with { Brief = new string('x', 100_001 + random.Next(9)) }),
        ["version-known"] = (plan, random) => In(plan with { Version = random.Next(2) == 0 ? 1 : random.Next(Plan.SchemaVersion + 1, 99) }),
        ["has-tasks"] = (plan, _) => In(plan with { Tasks = [] }),
        ["ids-unique"] = (plan, random) => In(plan with { Tasks = plan.Tasks.Add(Some.Task(Any(plan, random).Id.Value, ["new/more/A.cs"])) }),
        ["ids-kebab-case"] = (plan, random) => One(plan, random, task => task with { Id = new(Pick(random, "T", "a_b", "-a", "a b", "ä", new string('a', 41))) }),
        ["owns-something"] = (plan, random) => One(plan, random, task => task with { Owns = new([]) }),
        ["has-words"] = (plan, random) => One(plan, random, task => Pick(random, task with { Brief = " " }, task with { Title = "" }, task with { CommitMessage = "\t" })),
        ["estimate-sane"] = (plan, random) => One(plan, random, task => task with { Estimate = Pick(random, new TaskEstimate(0), new(-1), new(200_000)) }),
        ["checks-complete"] = (plan, random) => In(plan with { Checks = plan.Checks.Add(Pick(random, new PlannedCheck("", "true"), new("test", " "))) }),
        ["text-plain"] = (plan, random) => One(plan, random, task => Hide(task, random)),
        ["paths-inside"] = (plan, random) => Own(plan, random, Pick(random, "../x.cs", "/etc/passwd", "new//x.cs", ".git/config", "new/.GIT/x", "new/.g\u200Cit/x", "c:/x", "new\\x.cs")),
        ["case-collides"] = (plan, random) => Own(plan, random, Pick(random, "SRC/old/New.ts", "src/Old/New.ts", "src/old/used.ts", "README.MD", "Data/**", "App/x/")),
        ["file-or-folder"] = (plan, random) => Own(plan, random, Pick(random, "README.md/x.cs", "src/old/Used.ts/", "src/old", "app/Parts")),
        ["no-symlinks"] = (plan, random) => Own(plan, random, Pick(random, "link", "link/x.ts", "link/", "link/**/x.ts", "loop/x.cs")),
        ["dependencies-exist"] = (plan, random) => One(plan, random, task => task with { DependsOn = task.DependsOn.Add(new("nobody")) }),
        ["acyclic"] = (plan, random) => One(plan, random, task => task with { DependsOn = task.DependsOn.Add(plan.Tasks.Last(other => other.Id == task.Id || PlanGraph.AncestorsOf(plan, other.Id).Contains(task.Id)).Id) }),
        ["lanes-disjoint"] = (plan, random) => In(plan with { Tasks = plan.Tasks.Add(Some.Task("twin", [Pick(random, "NEW/**/a.cs", "new/P?/A*", "n*/")])).Add(Some.Task("other", ["new/p1/A.cs"])) }),
        ["lane-narrow"] = (plan, random) => Own(plan, random, Pick(random, "**", "*", "*/**", "**/*", "*/", "?*/**")),
        ["contracts-unowned"] = (plan, random) => Own(plan, random, Pick(random, "new/contracts/IPart.cs", "NEW/contracts/", "new/*/IPart.cs")),
        ["contracts-unique"] = (plan, random) => In(plan with { Contracts = plan.Contracts.Add(new(new(Pick(random, "new/contracts/IPart.cs", "new/contracts/ipart.cs")), "")) }),
        ["uncommitted-kept"] = (plan, random) => Own(plan, random, Pick(random, "src/old/User.ts", "src/old/*.ts", "src/")) with { Facts = Changed },
        ["changes-owned"] = (plan, random) => One(plan, random, task => task with { ChangesSignatures = [new(Pick(random, "src/none.ts", "app/Parts/Part.cs"))] }),
        ["moves-owned"] = (plan, random) => One(plan, random, task => task with { Moves = [Pick(random, Move("none.ts", "new/x.ts"), Move("src/old/User.ts", "README.md"), Move("src/old/User.ts", "other/x.ts"))] }),
        ["dependants-owned"] = (plan, random) => One(plan, random, task => Pick(random, task with { ChangesSignatures = [new("src/old/Used.ts")] }, task with { Moves = [Move("src/old/Used.ts", "src/old/Elsewhere.ts")] })),
        ["hubs-isolated"] = (plan, random) => In(plan with { Tasks = plan.Tasks.Add(Some.Task("hub", [Pick(random, "app/app.csproj", "app/Program.cs")])).Add(Some.Task("part", [Pick(random, "app/Parts/Other.cs", "app/New/")])) }),
        ["reads-exist"] = (plan, random) => One(plan, random, task => task with { Reads = task.Reads.Add(new(Pick(random, "src/none.ts", "readme.md", "new/p0x/A.cs"))) }),
        ["items-covered"] = (plan, random) => In(plan with { Covers = [Pick(random, new Coverage("use zod", Some.Ids("t0")), new("use Zod", Some.Ids("nobody")), new("use Zod", []))] }) with { Request = new("Add it", ["use Zod"], []) },
        ["criteria-owned"] = (plan, random) => One(plan, random, task => task with { Acceptance = [Pick(random, "`src/old/Used.ts` is there", "Part.cs is sealed", "other/x.go compiles", "`app/Program.cs` maps it")] }),
        ["agents-as-asked"] = (plan, random) => In(plan) with { Request = Some.Request with { Agents = plan.Tasks.Count + random.Next(1, 9) } },
        ["agents-within-limit"] = (plan, random) => In(plan) with { Settings = Some.Settings with { MaxAgents = random.Next(1, plan.Tasks.Count) } },
        ["models-known"] = (plan, random) => One(plan, random, task => task with { Model = new("unheard-of") }),
        ["fits-context"] = (plan, random) => One(plan, random, task => Pick(random, task with { Reads = [new("data/big.sql")] }, task with { Owns = task.Owns.With(new("data/big.sql")) }, task with { Estimate = new(199_999) })),
        ["division-insisted"] = (plan, _) => In(plan with { Suitability = new(false, "No.") }) with { Settings = Some.Settings with { Mode = RunMode.Forced } },
    };

    public static TheoryData<string> Rules => [.. Breaks.Keys];

    [Fact]
    public void Rules_All_HaveAProperty() => Assert.Equal(PlanRules.Ids.Order(), Breaks.Keys.Order());

    [Fact]
    public void Check_AnySanePlan_FindsNothing() => Sane.Sample(plan => Assert.Equal([], In(plan).Problems), iter: 300);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Check_AnySanePlanBrokenInOnePlace_NamesTheRuleWhereItIs(string rule) => Gen.Select(Sane, Gen.Int[0, int.MaxValue - 1]).Sample(
        (plan, seed) =>
        {
            var broken = Breaks[rule](plan, new Random(seed));
            var problem = broken.Problems.FirstOrDefault(problem => problem.Rule == rule);
            Assert.True(problem is not null, $"{rule} was not found, but: {string.Join('\n', broken.Problems)}");
            Assert.True(problem.At is not null && IsThere(broken.Plan, problem.At), $"{problem} stands at {problem.At}");
            Assert.DoesNotContain(problem.Message, UnseenText.IsControl);
        },
        iter: 100);

    private static RuleCase In(Plan plan) => new(plan) { Facts = Tree };

    private static RuleCase One(Plan plan, Random random, Func<PlannedTask, PlannedTask> change)
    {
        var id = Any(plan, random).Id;
        return In(plan with { Tasks = plan.Tasks.Replace(task => task.Id == id, change) });
    }

    private static RuleCase Own(Plan plan, Random random, string path) => One(plan, random, task => task with { Owns = new(task.Owns.Paths.Add(new(path))) });

    private static PlannedTask Any(Plan plan, Random random) => plan.Tasks[random.Next(plan.Tasks.Count)];

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];

    private static FileMove Move(string from, string to) => new(new(from), new(to));

    private static PlannedTask Hide(PlannedTask task, Random random)
    {
        var text = $"Add{Pick(random, Unseen)} it";
        return Pick(
            random,
            task with { Title = text }, task with { Brief = text }, task with { CommitMessage = text }, task with { Check = text }, task with { Acceptance = [text] },
            task with { CommitMessage = new string('x', 101) }, task with { CommitMessage = "a\nb" }, task with { Title = "zero\u200Bwidth" },
            task with { Owns = new([new("new/\u202Ecs.x")]) }, task with { Owns = new([new(new string('x', 501))]) }, task with { Owns = new([new($"new/{new string('é', 130)}")]) });
    }

    // Whether a JSON pointer names a place of the document by its list and number.
    private static bool IsThere(Plan plan, string at)
    {
        var parts = at.Split('/');
        var count = parts[1] switch { "tasks" => plan.Tasks.Count, "contracts" => plan.Contracts.Count, "checks" => plan.Checks.Count, "covers" => plan.Covers.Count, _ => 0 };
        return at.StartsWith('/') && (parts.Length == 2 || count == 0 || int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) < count);
    }
}
