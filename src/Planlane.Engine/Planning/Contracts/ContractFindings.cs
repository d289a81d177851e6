using Planlane.Values;

namespace Planlane.Planning.Contracts;

/// <summary>What was found of a plan's contracts.</summary>
/// <param name="Checks">One for each contract, in the plan's order.</param>
/// <param name="Problems">What is wrong with them; empty when nothing was found.</param>
public sealed record ContractFindings(ValueList<ContractCheck> Checks, ValueList<PlanProblem> Problems);

/// <summary>What was found of one contract.</summary>
/// <param name="State">How far it was checked.</param>
/// <param name="Note">What could not be checked and why, or null.</param>
/// <param name="Faults">What is wrong with it.</param>
internal sealed record ContractReading(ContractState State, string? Note, IReadOnlyList<ContractFault> Faults)
{
    /// <summary>The reading of a contract with faults.</summary>
    public static ContractReading Broken(IReadOnlyList<ContractFault> faults) => new(ContractState.Broken, null, faults);

    /// <summary>The reading of a contract that nothing here can read.</summary>
    public static ContractReading Unchecked(string note) => new(ContractState.Unchecked, note, []);
}

/// <summary>An error in a contract.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Words">What the compiler or parser says.</param>
internal sealed record ContractFault(int Line, int Column, string Words);
