using Planlane.Git;
using Planlane.Planning.Contracts;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Checks the contracts of a plan before it is approved: C# is compiled with the code that is there, other languages are parsed where a tool is there.</summary>
/// <remarks>Thread-safe. Nothing of the repository is run: a compiler or parser gets a contract's text.</remarks>
/// <param name="repository">The repository.</param>
/// <param name="objects">Its object database.</param>
public sealed class ContractChecker(GitRepository repository, GitObjects objects)
{
    /// <summary>The id of the rule that a wrong contract breaks.</summary>
    public const string Rule = "contracts-compile";

    // More than a planner can use at once; the first ones cause the others.
    private const int MostFaults = 8;

    /// <summary>What is found of each contract, in the plan's order, and what is wrong with them.</summary>
    /// <param name="plan">A plan whose contracts have good paths, each once.</param>
    /// <param name="tree">The base that the contracts are laid over.</param>
    /// <param name="cancellationToken">Ends it, and the process trees of parsers.</param>
    public async Task<ContractFindings> CheckAsync(Plan plan, ObjectId tree, CancellationToken cancellationToken)
    {
        var compiled = await new CSharpContracts(repository, objects).CheckAsync(plan, tree, cancellationToken).ConfigureAwait(false);
        var syntax = new ContractSyntax(repository.Time);
        var checks = new List<ContractCheck>();
        var problems = new List<PlanProblem>();
        foreach (var (index, contract) in plan.Contracts.Index())
        {
            if (!compiled.TryGetValue(contract.Path, out var reading))
                reading = await syntax.ReadAsync(contract, cancellationToken).ConfigureAwait(false);
            checks.Add(new ContractCheck(contract.Path, reading.State, reading.Note));
            problems.AddRange(reading.Faults.Take(MostFaults).Select(fault =>
                new PlanProblem(Rule, $"Contract '{contract.Path}', line {fault.Line}, column {fault.Column}: {fault.Words}") { At = $"/contracts/{index}/content" }));
        }

        return new ContractFindings(checks.ToValueList(), problems.ToValueList());
    }
}
