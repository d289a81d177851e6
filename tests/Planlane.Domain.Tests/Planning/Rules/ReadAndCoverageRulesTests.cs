namespace Planlane.Planning.Rules;

public sealed class ReadAndCoverageRulesTests
{
    private static readonly RepositoryFacts Tree = Trees.Of(
        [new(new("src/Shop/Customers/EmailAddress.cs")), new(new("src/Shop/Program.cs")), new(new("web/index.ts")), new(new("docs/index.ts")), new(new("Makefile")), Trees.Link("lib", "src/Shop")]);

    [Theory]
    [InlineData("src/Shop/EmailAddress.cs", "Did you mean 'src/Shop/Customers/EmailAddress.cs'?")]
    [InlineData("src/Shop/Customers/EmailAdress.cs", "Did you mean 'src/Shop/Customers/EmailAddress.cs'?")]
    [InlineData("docs/x/index.ts", "Did you mean 'docs/index.ts'?")]
    [InlineData("lib/Program.cs", "Through a symbolic link it is 'src/Shop/Program.cs'; name that.")]
    [InlineData("src/b.cs", "'b' writes it; depend on that task, or put the signatures that are needed into a contract.")]
    [InlineData("src/Shop/Unlike.cs", "")]
    public void Check_MissingRead_SuggestsWhatIsMeant(string path, string suggestion) => Assert.Equal(
        [$"Task 'a' reads '{path}', which is neither in the repository nor a contract nor written by a task that it depends on.{(suggestion.Length > 0 ? " " : "")}{suggestion}"],
        new RuleCase(Some.Plan(Some.Task("a") with { Reads = [new(path)] }, Some.Task("b"))) { Facts = Tree }.Problems.Select(problem => problem.Message));

    [Theory]
    [InlineData("src/a.cs has a class", null)]
    [InlineData("the endpoint answers application/json", null)]
    [InlineData("see https://example.org/docs/page.html", null)]
    [InlineData("and/or both", null)]
    [InlineData("it runs on Node.js and calls app.get()", null)]
    [InlineData("index.ts exports it", null)]
    [InlineData("`GET /api/users` answers 200", null)]
    [InlineData("Program.cs registers it", "src/Shop/Program.cs")]
    [InlineData("`Makefile` builds it", "Makefile")]
    [InlineData("`web/index.ts` exports it", "web/index.ts")]
    public void Check_Criterion_OwnsTheFilesThatItNames(string criterion, string? path) => Assert.Equal(
        path is null ? [] : [$"A criterion of task 'a' names '{path}', which no task owns; give it an owner, let the task read it, or say the criterion without it."],
        new RuleCase(Some.Plan(Some.Task("a") with { Acceptance = [criterion] })) { Facts = Tree }.Problems.Select(problem => problem.Message));

    [Fact]
    public void Check_ItemWrappedByThePlanner_IsCovered() => Assert.Equal(
        [],
        new RuleCase(Some.Plan(Some.Task("a")) with { Covers = [new(" use Zod\n  for validation ", Some.Ids("a"))] }) { Request = new("Add it", ["use Zod for validation"], []) }.Problems);
}
