using System.CommandLine;
using Planlane.Cli.Dialogue;

namespace Planlane.Cli.Commands;

/// <summary>The option <c>--auto-approve</c>.</summary>
internal static class ApprovalOption
{
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--auto-approve")
        {
            Description = "Say yes beforehand: to the plan, to the changes if they pass, or both",
            HelpName = string.Join('|', AutoApproval.Words),
        };
        option.AcceptOnlyFromAmong(AutoApproval.Words);
        return option;
    }

    /// <summary>The option <c>--approve-plan</c>.</summary>
    public static Option<string?> CreateForPlan() => new("--approve-plan")
    {
        Description = "Say yes beforehand to the plan that has this hash, and to no other",
        HelpName = "HASH",
    };
}
