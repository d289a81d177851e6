using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Cli.Settings;

/// <summary>Makes a run's settings of merged layers and the model catalogue.</summary>
internal static class RunSettingsBuilder
{
    public const string DefaultPlanner = "claude-sonnet-4-5";
    public const string DefaultAgent = "claude-haiku-4-5";
    public const int DefaultSlots = 8;
    public const int DefaultMaxTurns = 20;

    /// <exception cref="Planlane.Runs.PlanlaneException">A model is not in the catalogue.</exception>
    public static RunSettings Build(SettingsLayer layer, ModelCatalogue catalogue)
    {
        ModelFacts Facts(string id) => catalogue.Find(new ModelId(id)).Facts;
        var planner = Facts(layer.PlannerModel ?? DefaultPlanner);
        var mode = layer.Mode ?? RunMode.Auto;

        // One agent that does all of it without a plan needs the strong model, unless this very command names another.
        var agent = mode is not RunMode.Single ? Facts(layer.AgentModel ?? DefaultAgent) : layer.AloneModel is { } alone ? Facts(alone) : planner;
        return new RunSettings(
            planner,
            agent,
            layer.Slots ?? DefaultSlots,
            layer.Budget,
            layer.MaxTurns ?? (mode is RunMode.Single ? SinglePlan.DefaultMaxTurns : DefaultMaxTurns),
            Mode: mode,
            MaxAgents: layer.MaxAgents ?? RunSettings.DefaultMaxAgents)
        {
            Triages = layer.Triage ?? true,
            SharedBudgets = layer.SharedBudgets,
            Models = Named(catalogue),
            Checks = layer.Checks ?? [],
            Workspace = layer.Workspace.ToPolicy(),
            Landing = layer.Landing.Over(LandingPolicy.Default),
        };
    }

    // A plan may name a model by an alias, which the vendor takes as well.
    private static ValueList<ModelFacts> Named(ModelCatalogue catalogue) => catalogue.Models
        .SelectMany(model => model.Aliases.Select(alias => model.Facts with { Id = alias }).Prepend(model.Facts)).ToValueList();
}
