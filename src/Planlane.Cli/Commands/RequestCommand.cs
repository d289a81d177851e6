using System.CommandLine;
using Planlane.Cli.Dialogue;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane "REQUEST"</c>: from words to commits.</summary>
internal static class RequestCommand
{
    public static RootCommand Create(GlobalOptions options)
    {
        var request = RequestArgument.Create();
        var start = new StartOptions();
        var approve = ApprovalOption.Create();
        var planOnly = new Option<bool>("--plan-only") { Description = "End when the plan is there" };
        var output = new Option<string?>("--output", "-o") { Description = "Save the plan to this file; with --plan-only", HelpName = "FILE" };
        var root = new RootCommand("One plan, parallel lanes: a request becomes a plan, parallel agents, and one reviewed commit for each of them.") { request, planOnly, output, approve };
        start.AddTo(root);
        root.SetAction(CommandRun.Of(options, async run =>
        {
            var parsed = run.Parsed;
            if (parsed.GetValue(request) is null)
            {
                // Nothing was asked: the help, but no success that a script with an empty variable would take for one.
                await root.Parse(["--help"]).InvokeAsync(new InvocationConfiguration { Output = Console.Error }).ConfigureAwait(false);
                return ExitCodes.Usage;
            }

            var words = RequestArgument.Read(parsed.GetValue(request), CommandTree.NamesOf(parsed));
            var starter = new RunStarter(run, start.LayerOf(parsed));
            return parsed.GetValue(planOnly) || parsed.GetValue(output) is not null
                ? await starter.PlanAsync(words, parsed.GetValue(output)).ConfigureAwait(false)
                : await starter.RunAsync(words, null, AutoApproval.Of(parsed.GetValue(approve))).ConfigureAwait(false);
        }));
        return root;
    }
}
