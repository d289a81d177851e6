using Planlane.Planning;
using Planlane.Runs;

namespace Planlane.Cli.Html;

/// <summary>The plan: why it divides, its graph, its conventions and contracts, and what the rules said of it.</summary>
internal static class PlanSection
{
    private const int MostContractLines = 300;

    public static void Write(HtmlWriter html, RunState state)
    {
        if ((state.ApprovedPlan?.Plan ?? state.Plan) is not { } plan)
            return;
        using (html.In("section", ("id", "plan")))
        {
            html.Element("h2", "Plan");
            html.Element("p", plan.Suitability.Reason, ("class", "words"));
            if (plan.Tasks.Count > 0)
                PlanDrawing.Write(html, state, plan);
            foreach (var note in state.PlanNotes)
                html.Element("p", note.Message, ("class", "aside"));
            if (!string.IsNullOrWhiteSpace(plan.Conventions))
            {
                html.Element("h3", "Conventions: what all agents are told");
                html.Element("p", plan.Conventions, ("class", "words"));
            }

            if (plan.Contracts.Count > 0)
                html.Element("h3", "Contracts: written first, shared by all agents, changed by none");
            foreach (var contract in plan.Contracts)
                WriteContract(html, contract, state.ContractChecks.FirstOrDefault(check => check.Path == contract.Path));
        }
    }

    private static void WriteContract(HtmlWriter html, Contract contract, ContractCheck? check)
    {
        using (html.In("details"))
        {
            using (html.In("summary"))
            {
                html.Element("code", contract.Path.Value);
                if (check is not null)
                    html.Element("span", Words(check), ("class", "beside"));
            }

            var lines = contract.Content.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
            html.Element("pre", string.Join('\n', lines.Take(MostContractLines)), ("class", "code"), ("tabindex", "0"));
            if (lines.Length > MostContractLines)
                html.Element("p", $"{lines.Length - MostContractLines} more lines are not shown.", ("class", "aside"));
        }
    }

    private static string Words(ContractCheck check) => check.State switch
    {
        ContractState.Compiled => "compiled",
        ContractState.Parsed => "syntax checked",
        ContractState.Broken => $"wrong: {check.Note}",
        _ => "not checked",
    };
}
