using System.CommandLine;
using Planlane.Cli.Dialogue;
using Planlane.Requests;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane "REQUEST"</c>: from words to commits.</summary>
internal static class RequestCommand
{
    public static RootCommand Create(GlobalOptions options)
    {
        var request = new RequestOptions();
        var start = new StartOptions();
        var approve = ApprovalOption.Create();
        var planOnly = new Option<bool>("--plan-only") { Description = "End when the plan is there; -o FILE saves it" };
        var output = new Option<string?>("--output", "-o") { Description = "Save the plan to this file", HelpName = "FILE", Hidden = true };
        var root = new RootCommand("One plan, parallel lanes: a request becomes a plan, parallel agents, and one reviewed commit for each of them.");
        request.AddTo(root);
        start.AddTo(root);
        // The program's own help has to fit on a screen; the question itself names it.
        var details = DetailsOption.Create();
        details.Hidden = true;
        Option[] rest = [planOnly, output, approve, details];
        foreach (var option in rest)
            root.Add(option);
        root.SetAction(CommandRun.Of(options, async run =>
        {
            var parsed = run.Parsed;
            if (!request.IsGiven(parsed))
            {
                // Nothing was asked: the help, but no success that a script with an empty variable would take for one.
                await root.Parse(["--help"]).InvokeAsync(new InvocationConfiguration { Output = Console.Error }).ConfigureAwait(false);
                return ExitCodes.Usage;
            }

            var words = request.Read(parsed, CommandTree.NamesOf(parsed));
            var layer = start.LayerOf(parsed);
            var isPlanOnly = parsed.GetValue(planOnly) || parsed.GetValue(output) is not null;
            if (isPlanOnly && layer.Mode is RunMode.Single)
                throw new PlanlaneException(FaultKind.Usage, "--single makes no plan to be saved: one agent does all of it.", "Leave out --plan-only and -o, or --single.");
            var starter = new RunStarter(run, layer) { Again = request.CommandOf(parsed), ShowsDetails = parsed.GetValue(details) };
            return isPlanOnly
                ? await starter.PlanAsync(words, parsed.GetValue(output)).ConfigureAwait(false)
                : await starter.RunAsync(words, null, AutoApproval.Of(parsed.GetValue(approve))).ConfigureAwait(false);
        }));
        return root;
    }
}
