using Planlane.Models;
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
    public static RunSettings Build(SettingsLayer layer, ModelCatalogue catalogue) => new(
        catalogue.Find(new ModelId(layer.PlannerModel ?? DefaultPlanner)).Facts,
        catalogue.Find(new ModelId(layer.AgentModel ?? DefaultAgent)).Facts,
        layer.Slots ?? DefaultSlots,
        layer.Budget,
        layer.MaxTurns ?? DefaultMaxTurns)
    {
        Models = catalogue.Models.Select(model => model.Facts).ToValueList(),
    };
}
