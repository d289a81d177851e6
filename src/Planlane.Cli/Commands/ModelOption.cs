using System.CommandLine;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary>The options that name models: <c>--model</c> for each role, and one for each role alone.</summary>
internal sealed class ModelOption
{
    private const string Planner = "planner";
    private const string Agent = "agent";

    private readonly Option<string[]> _roles;
    private readonly Option<string?> _planner = new("--planner-model", "--planner") { Description = "The model that plans", HelpName = "MODEL", Hidden = true };
    private readonly Option<string?> _agent = new("--agent-model") { Description = "The model of the agents", HelpName = "MODEL", Hidden = true };

    public ModelOption(string defaultPlanner, string defaultAgent) => _roles = new("--model")
    {
        Description = $"Agents' model, or planner=MODEL,agent=MODEL [default: {defaultAgent}, planner {defaultPlanner}]",
        HelpName = "MODEL",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public IEnumerable<Option> All => [_roles, _planner, _agent];

    /// <summary>The models by role; null where none is named.</summary>
    /// <exception cref="PlanlaneException">A role is unknown or has two models; kind <see cref="FaultKind.Usage"/>.</exception>
    public (string? Planner, string? Agent) Read(ParseResult parsed)
    {
        string? planner = null, agent = null;
        foreach (var part in (parsed.GetValue(_roles) ?? []).SelectMany(value => value.Split(',')))
        {
            var (role, model) = RoleOf(part);
            if (role is Planner)
                planner = Once("--model planner", planner, model);
            else
                agent = Once("--model", agent, model);
        }

        if (parsed.GetValue(_planner) is { } plannerAlone)
            planner = Once("--planner-model", planner, plannerAlone);
        if (parsed.GetValue(_agent) is { } agentAlone)
            agent = Once("--agent-model", agent, agentAlone);
        return (planner, agent);
    }

    private static (string Role, string Model) RoleOf(string part)
    {
        var at = part.IndexOf('=', StringComparison.Ordinal);
        var (role, model) = at < 0 ? (Agent, part.Trim()) : (part[..at].Trim().ToLowerInvariant(), part[(at + 1)..].Trim());
        if (role is not (Planner or Agent))
            throw new PlanlaneException(FaultKind.Usage, $"--model names the role '{role}'.", "The roles are planner and agent: --model planner=MODEL,agent=MODEL");
        return model.Length > 0 ? (role, model) : throw new PlanlaneException(FaultKind.Usage, $"--model names no model for the {role}.", "Name one: --model planner=MODEL,agent=MODEL");
    }

    private static string Once(string option, string? before, string model) => before is null || before == model
        ? model
        : throw new PlanlaneException(FaultKind.Usage, $"{option} is given twice: '{before}' and '{model}'.", "Name one model for each role.");
}
