using Planlane.Values;

namespace Planlane.Simulator.Wire;

/// <summary>The models that the simulator serves, with the limits that the vendor published by November 2026.</summary>
internal static class ModelTable
{
    public static IReadOnlyList<ServedModel> All { get; } =
    [
        new("claude-fable-5-1", "Claude Fable 5.1", ModelFamily.Opus, "2026-09-23", 1_000_000, 128_000, 512),
        new("claude-haiku-5-5", "Claude Haiku 5.5", ModelFamily.Haiku, "2026-10-07", 1_000_000, 128_000, 512),
        new("claude-sonnet-5-5", "Claude Sonnet 5.5", ModelFamily.Sonnet, "2026-09-29", 1_000_000, 128_000, 512),
        new("claude-opus-5-5", "Claude Opus 5.5", ModelFamily.Opus, "2026-09-23", 1_000_000, 128_000, 512),
        new("claude-opus-5", "Claude Opus 5", ModelFamily.Opus, "2026-07-24", 1_000_000, 128_000, 512),
        new("claude-sonnet-5", "Claude Sonnet 5", ModelFamily.Sonnet, "2026-06-30", 1_000_000, 128_000, 1024),
        new("claude-opus-4-5-20251101", "Claude Opus 4.5", ModelFamily.Opus, "2025-11-24", 200_000, 64_000, 4096) { Alias = "claude-opus-4-5", IsTunable = true },
        new("claude-haiku-4-5-20251001", "Claude Haiku 4.5", ModelFamily.Haiku, "2025-10-01", 200_000, 64_000, 4096) { Alias = "claude-haiku-4-5", HasEffort = false, IsTunable = true },
        new("claude-sonnet-4-5-20250929", "Claude Sonnet 4.5", ModelFamily.Sonnet, "2025-09-29", 200_000, 64_000, 1024) { Alias = "claude-sonnet-4-5", HasEffort = false, IsTunable = true },
    ];

    /// <summary>The model of an id or alias; the API's 404 when there is none.</summary>
    public static ServedModel Find(string name) =>
        All.FirstOrDefault(model => model.Id.Value == name || model.Alias == name) ?? throw new ApiException(404, "not_found_error", $"model: {name}");
}

/// <summary>Models of one family share a latency profile.</summary>
internal enum ModelFamily
{
    Haiku,
    Sonnet,
    Opus,
}

/// <summary>A model that the simulator serves.</summary>
internal sealed record ServedModel(ModelId Id, string DisplayName, ModelFamily Family, DateOnly CreatedOn, int ContextTokens, int MaxOutputTokens, int CacheMinimum)
{
    public ServedModel(string id, string displayName, ModelFamily family, string createdOn, int contextTokens, int maxOutputTokens, int cacheMinimum)
        : this(new ModelId(id), displayName, family, DateOnly.ParseExact(createdOn, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), contextTokens, maxOutputTokens, cacheMinimum)
    {
    }

    /// <summary>The short name that stands for a dated id.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether <c>output_config.effort</c> is taken.</summary>
    public bool HasEffort { get; init; } = true;

    /// <summary>Whether sampling parameters, a budget of thinking and a prefilled answer are taken, as models did up to 4.5.</summary>
    public bool IsTunable { get; init; }
}
