using Planlane.Requests;

namespace Planlane.Planning.Rules;

public sealed class HubRulesTests
{
    private static readonly RepositoryFacts Tree = Trees.Of(
        [],
        [
            Trees.Source("src/App/App.csproj", HubKind.Project), Trees.Source("src/App/Program.cs", HubKind.Registration), Trees.Source("src/App/Money.cs", HubKind.ManyDependants),
            Trees.Source("src/App/Cart.cs", uses: "src/App/Money.cs"), Trees.Source("src/App/Migrations/002.cs", HubKind.Migration), Trees.Source("tests/App.Tests/App.Tests.csproj", HubKind.Project),
            Trees.Source("package.json", HubKind.Project), Trees.Source("package-lock.json", HubKind.LockFile),
        ]);

    [Theory]
    [InlineData("src/App/App.csproj", "src/App/Cart.cs", true)]
    [InlineData("src/App/App.csproj", "tests/App.Tests/CartTests.cs", false)]
    [InlineData("src/App/App.csproj", "src/App/README.md", false)]
    [InlineData("src/App/Program.cs", "src/App/Deep/New.cs", true)]
    [InlineData("src/App/Program.cs", "src/App/Tests/CartTests.cs", false)]
    [InlineData("src/App/Program.cs", "src/App/Cart.cs", false)]
    [InlineData("src/App/Program.cs", "src/App/Deep/*.cs", true)]
    [InlineData("src/App/Money.cs", "src/App/Cart.cs", false)]
    [InlineData("src/App/Money.cs", "src/App/New.cs", false)]
    [InlineData("src/App/Migrations/002.cs", "src/App/Migrations/003.cs", true)]
    [InlineData("src/App/Migrations/002.cs", "src/App/New.cs", false)]
    [InlineData("package.json", "web/index.ts", true)]
    [InlineData("package-lock.json", "src/App/Cart.cs", false)]
    public void Check_TaskBesideAHub_IsWhomItConcerns(string hub, string other, bool concerned)
    {
        var plan = Some.Plan(Some.Task("a", owns: [hub]), Some.Task("b", owns: [other]));

        Assert.Equal(concerned ? ["hubs-isolated"] : [], new RuleCase(plan) { Facts = Tree }.Problems.Select(problem => problem.Rule));
        Assert.Equal([], new RuleCase(plan).Proof.Problems);
    }

    [Theory]
    [InlineData("src/App/Cart.cs", true)]
    [InlineData("src/App/New.cs", false)]
    public void Check_HubWhoseSignaturesChange_ConcernsTheOwnersOfItsUsers(string other, bool concerned)
    {
        var plan = Some.Plan(Some.Task("a", owns: ["src/App/Money.cs", "src/App/Cart2.cs"]) with { ChangesSignatures = [new("src/App/Money.cs")] }, Some.Task("b", owns: [other]));

        Assert.Equal(concerned, new RuleCase(plan) { Facts = Tree }.Problems.Any(problem => problem.Rule == "hubs-isolated"));
    }

    [Theory]
    [InlineData("early")]
    [InlineData("late")]
    [InlineData("contract")]
    public void Check_HubWithAPlace_IsAllowed(string place)
    {
        var parts = new[] { Some.Task("b", owns: ["src/App/B.cs"], after: place == "early" ? ["hub"] : []), Some.Task("c", owns: ["src/App/C.cs"], after: place == "early" ? ["hub"] : []) };
        var hub = Some.Task("hub", owns: ["src/App/Program.cs"], after: place == "late" ? ["b", "c"] : []);
        var plan = place == "contract" ? Some.Plan(parts) with { Contracts = [new(new("src/App/Program.cs"), "x")] } : Some.Plan([.. parts, hub]);

        Assert.Equal([], new RuleCase(plan) { Facts = Tree }.Problems);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Check_HubOfTwoOrderedTasks_NeedsAPureEarlyOne(bool third, int problems)
    {
        var first = third ? new[] { Some.Task("zero") } : [];
        var plan = Some.Plan([.. first, Some.Task("a", owns: ["src/App/Program.cs"], after: third ? ["zero"] : []), Some.Task("b", owns: ["src/App/Program.cs"], after: ["a"])]);

        Assert.Equal(problems, new RuleCase(plan) { Facts = Tree }.Problems.Count(problem => problem.Message.Contains("both own", StringComparison.Ordinal)));
    }
}
