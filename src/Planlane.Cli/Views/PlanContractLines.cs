using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>The contracts of a plan, each with how far it was checked.</summary>
internal static class PlanContractLines
{
    public static void Write(Screen screen, RunState state)
    {
        var contracts = state.Plan!.Contracts;
        if (contracts.Count == 0)
            return;
        screen.Blank();
        screen.Line(Ink.Strong("CONTRACTS"), " - written first, shared by all agents, changed by none:");
        for (var i = 0; i < contracts.Count; i++)
        {
            var check = state.ContractChecks.FirstOrDefault(check => check.Path == contracts[i].Path);
            screen.Hanging(
                i == contracts.Count - 1 ? screen.Glyphs.LastBranch : screen.Glyphs.Branch,
                screen.Glyphs.Gap,
                contracts[i].Path.Value,
                Ink.Faint(check is null ? "" : $"  ({Words(check)})"));
        }
    }

    private static string Words(ContractCheck check)
    {
        var state = check.State switch
        {
            ContractState.Compiled => "compiled",
            ContractState.Parsed => "syntax checked",
            ContractState.Broken => "wrong",
            _ => "not checked",
        };
        return check.Note is null ? state : $"{state}: {check.Note}";
    }
}
