using System.CommandLine;
using Planlane.Cli.Dialogue;
using Planlane.Planning;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane run plan.json</c>: a saved plan to its commits.</summary>
internal static class RunCommand
{
    public static Command Create(GlobalOptions options)
    {
        var file = new Argument<string>("FILE") { Description = "A plan that 'planlane plan -o' saved, or one from elsewhere" };
        var start = new StartOptions();
        var approve = ApprovalOption.Create();
        var hash = ApprovalOption.CreateForPlan();
        var details = DetailsOption.Create();
        var command = new Command("run", "Run a saved plan") { file, approve, hash, details };
        start.AddTo(command);
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var saved = await PlanFile.ReadAsync(run.Parsed.GetValue(file)!, run.Interrupts.Stop).ConfigureAwait(false);
            return await new RunStarter(run, start.LayerOf(run.Parsed)) { ShowsDetails = run.Parsed.GetValue(details) }
                .RunAsync(saved.Request, saved, AutoApproval.Of(run.Parsed.GetValue(approve), run.Parsed.GetValue(hash))).ConfigureAwait(false);
        }));
        return command;
    }
}
