using Planlane.Values;

namespace Planlane.Models;

/// <summary>One request to a model.</summary>
/// <remarks>
/// Requests whose model, tools, system and first messages are equal have equal bytes up to there, whatever else differs: that is what the prompt
/// cache compares. The API reads the parts in the order tools, system, messages.
/// </remarks>
/// <param name="Model">The model's id or alias, sent as it is.</param>
/// <param name="MaxOutputTokens">Where the answer is cut, thinking included; 0 to read or write the prompt cache and to get no answer.</param>
/// <param name="Messages">The conversation; begins with the user.</param>
public sealed record ModelRequest(ModelId Model, int MaxOutputTokens, ValueList<ModelMessage> Messages)
{
    /// <summary>The breakpoints that the API takes; of more than these the first and the last three are kept.</summary>
    public const int MaxBreakpoints = 4;

    /// <summary>Standing instructions.</summary>
    public ValueList<ModelBlock.Text> System { get; init; } = [];

    /// <summary>The tools on offer; sent in the ordinal order of their names, whatever the order here.</summary>
    public ValueList<ModelTool> Tools { get; init; } = [];

    /// <summary>The JSON schema that the answer's text must fulfil, or null for free text. Only keywords that the vendor's structured output knows.</summary>
    public string? OutputSchema { get; init; }

    /// <summary>How much the model should think, or null for its own default; only for models whose catalogue row says that they take it.</summary>
    public ModelEffort? Effort { get; init; }
}

/// <summary>How much a model should think and write.</summary>
public enum ModelEffort
{
    /// <summary>Least: for well-specified work.</summary>
    Low,

    /// <summary>Between.</summary>
    Medium,

    /// <summary>More than between.</summary>
    High,

    /// <summary>Most.</summary>
    ExtraHigh,
}
