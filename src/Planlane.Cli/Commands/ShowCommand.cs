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
        var form = new ShowForm();
        var command = new Command("show", "Show the plan, the work and the end of a run, or the work of one agent") { id, agent, costs };
        form.AddTo(command);
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var state = await EngineDoor.FindAsync(service, run.Parsed.GetValue(id), run.Interrupts.Stop).ConfigureAwait(false);
            var task = run.Parsed.GetValue(agent) is { } name ? AgentArgument.Find(state, name) : null;
            if (run.Parsed.GetValue(costs))
                return Costs(run, state);
            if (form.IsGiven(run.Parsed))
                return await form.WriteAsync(run, service, state).ConfigureAwait(false);
            if (run.Json is { } json)
            {
                json.Write(task is null ? RunJson.Whole(state, await service.ReadAsync(state.Id, run.Interrupts.Stop).ConfigureAwait(false)) : RunJson.Agent(state, task));
                json.Result(ExitCodes.Ok);
                return ExitCodes.Ok;
            }

            if (task is null)
                RunView.Write(run.Terminal.Out, state, [.. (await service.OverviewsAsync(run.Interrupts.Stop).ConfigureAwait(false)).Where(other => other.After == state.Id)]);
            else
                AgentView.Write(run.Terminal.Out, state, task);
            return ExitCodes.Ok;
        }));
        command.Validators.Add(result =>
        {
            if (result.GetValue(costs) && result.GetValue(agent) is not null)
                result.AddError("--costs is of the whole run; it lists each agent.");
            if (form.IsGiven(result) && (result.GetValue(costs) || result.GetValue(agent) is not null))
                result.AddError("--html and --markdown are of the whole run, with each agent and all costs.");
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
