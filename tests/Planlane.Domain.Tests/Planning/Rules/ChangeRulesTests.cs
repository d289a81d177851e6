using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning.Rules;

public sealed class ChangeRulesTests
{
    private static readonly RepositoryFacts Tree = Trees.Of(
        [],
        [
            Trees.Source("src/money.ts", language: "TypeScript"),
            .. Enumerable.Range(1, 10).Select(number => Trees.Source($"src/use{number:00}.ts", language: "TypeScript", uses: "src/money.ts")),
            Trees.Source("src/Sku.cs"), Trees.Source("src/Shop.cs", uses: "src/Sku.cs"),
            Trees.Source("pkg/a.go", language: "Go"), Trees.Source("cmd/main.go", language: "Go", uses: "pkg/a.go"),
        ]);

    [Fact]
    public void Check_ManyDependantsLeftOut_ListsEightAndCountsTheRest()
    {
        var plan = Some.Plan(Some.Task("a", owns: ["src/money.ts"]) with { ChangesSignatures = [new("src/money.ts")] });

        Assert.Equal(
            ["dependants-owned: Task 'a' changes public signatures of 'src/money.ts', but these files use it and belong to no task that sees the change: 'src/use01.ts', 'src/use02.ts', 'src/use03.ts', "
                + "'src/use04.ts', 'src/use05.ts', 'src/use06.ts', 'src/use07.ts', 'src/use08.ts' and 2 more; give them to 'a', or to a task that depends on it."],
            new RuleCase(plan) { Facts = Tree }.Problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Check_DependantOfAnotherTask_MustComeAfterTheChange(bool after, int problems)
    {
        var plan = Some.Plan(
            Some.Task("a", owns: ["src/Sku.cs"]) with { ChangesSignatures = [new("src/Sku.cs")] },
            Some.Task("b", owns: ["src/Shop.cs"], after: after ? ["a"] : []));

        Assert.Equal(problems, new RuleCase(plan) { Facts = Tree }.Problems.Count(problem => problem.Rule == "dependants-owned"));
    }

    [Theory]
    [InlineData("src/money.ts", "src/core/money.ts", 1)]
    [InlineData("src/Sku.cs", "src/Core/Sku.cs", 0)]
    [InlineData("pkg/a.go", "pkg/b.go", 0)]
    [InlineData("pkg/a.go", "core/a.go", 1)]
    public void Check_MovedFile_TakesAlongThoseThatNameItsPlace(string from, string to, int problems)
    {
        var plan = Some.Plan(Some.Task("a", owns: [from, to]) with { Moves = [new(new(from), new(to))] });

        Assert.Equal(problems, new RuleCase(plan) { Facts = Tree }.Problems.Count);
    }

    [Theory]
    [InlineData("class Sku", 0)]
    [InlineData("class Sku2", 1)]
    public void Check_ContractThatLosesASignature_NeedsItsUsersInTheWork(string signature, int problems)
    {
        var graph = new CodeGraph([new(new("src/Sku.cs"), "C#", [], [new("Sku", "class Sku", 1)], null), Trees.Source("src/Shop.cs", uses: "src/Sku.cs")]);
        var facts = new RepositoryFacts([new(new("src/Sku.cs")), new(new("src/Shop.cs"))], [], graph)
        {
            ContractSignatures = new Dictionary<RepoPath, ValueList<Signature>> { [new("src/Sku.cs")] = [new("Sku", signature, 1)] },
        };
        var plan = Some.Plan(Some.Task("a")) with { Contracts = [new(new("src/Sku.cs"), signature)] };

        Assert.Equal(problems, new RuleCase(plan) { Facts = facts }.Problems.Count(problem => problem.Rule == "dependants-owned"));
        Assert.Equal([], new RuleCase(plan with { Tasks = plan.Tasks.Add(Some.Task("b", owns: ["src/Shop.cs"])) }) { Facts = facts }.Problems);
    }

    [Fact]
    public void Check_MoveWhoseOldPlaceIsRead_SaysWhatToDo()
    {
        var mover = Some.Task("a", owns: ["src/Sku.cs", "src/Core/Sku.cs"]) with { Moves = [new(new("src/Sku.cs"), new("src/Core/Sku.cs"))] };
        var plan = Some.Plan(mover, Some.Task("b") with { Reads = [new("src/Sku.cs")] }, Some.Task("c", after: ["a"]) with { Reads = [new("src/Sku.cs")] });

        Assert.Equal(
            [
                "Task 'a' moves 'src/Sku.cs' to 'src/Core/Sku.cs', but task 'b' can run at the same time and reads the old place; make it depend on this task and read the new place.",
                "Task 'a' moves 'src/Sku.cs' to 'src/Core/Sku.cs', but task 'c', which runs later, reads the old place; let it read the new one.",
            ],
            new RuleCase(plan) { Facts = Tree }.Problems.Select(problem => problem.Message));
    }
}
