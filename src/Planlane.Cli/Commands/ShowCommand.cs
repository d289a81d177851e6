using System.CommandLine;
using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane show [RUN] [AGENT]</c>: what a run, or one agent of it, did.</summary>
internal static class ShowCommand
{
    public static Command Create(GlobalOptions options)
    {
        var id = new Argument<string?>("RUN") { Description = "The run, or the beginning of its id [default: the newest]", Arity = ArgumentArity.ZeroOrOne };
        var agent = AgentArgument.Create("Show what this agent did, with the evidence, such as Haiku-1");
        var costs = new Option<bool>("--costs") { Description = "Show what was used and what it cost, by agent, model and kind of token" };
        var command = new Command("show", "Show the plan, the work and the end of a run, or the work of one agent") { id, agent, costs };
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var state = await EngineDoor.FindAsync(service, run.Parsed.GetValue(id), run.Interrupts.Stop).ConfigureAwait(false);
            var task = run.Parsed.GetValue(agent) is { } name ? AgentArgument.Find(state, name) : null;
            if (run.Parsed.GetValue(costs))
                return Costs(run, state);
            run.Json?.Write(task is null ? RunJson.Whole(state) : RunJson.Agent(state, task));
            run.Json?.Result(ExitCodes.Ok);
            if (run.Json is not null)
                return ExitCodes.Ok;
            if (task is null)
                RunView.Write(run.Terminal.Out, state);
            else
                AgentView.Write(run.Terminal.Out, state, task);
            return ExitCodes.Ok;
        }));
        command.Validators.Add(result =>
        {
            if (result.GetValue(costs) && result.GetValue(agent) is not null)
                result.AddError("--costs is of the whole run; it lists each agent.");
        });
        return command;
    }

    private static int Costs(CommandRun run, RunState state)
    {
        run.Json?.Write(RunJson.Costs(state));
        run.Json?.Result(ExitCodes.Ok);
        if (run.Json is null)
            CostsView.Write(run.Terminal.Out, state);
        return ExitCodes.Ok;
    }
}
