using Planlane.Commits;
using Planlane.Values;

namespace Planlane.Cli.Settings;

/// <summary>What one source says of how work lands; null where it says nothing.</summary>
internal sealed record LandingLayer
{
    public static LandingLayer Empty { get; } = new();

    public LandingForm? Form { get; init; }

    public string? Branch { get; init; }

    public string? Onto { get; init; }

    public bool? SkipsHooks { get; init; }

    /// <summary>Patterns of branches on which nothing may land; those of all sources hold.</summary>
    public ValueList<string> Protected { get; init; } = [];

    /// <summary>These settings, and the other's where these give none.</summary>
    public LandingLayer Over(LandingLayer other) => new()
    {
        Form = Form ?? other.Form,
        Branch = Branch ?? other.Branch,
        Onto = Onto ?? other.Onto,
        SkipsHooks = SkipsHooks ?? other.SkipsHooks,
        Protected = Protected.Concat(other.Protected).Distinct().ToValueList(),
    };

    /// <summary>How a run lands by these settings, which win over those that it has.</summary>
    public LandingPolicy Over(LandingPolicy policy) => policy with
    {
        Form = Form ?? policy.Form,
        Branch = Branch ?? policy.Branch,
        Onto = Onto ?? policy.Onto,
        SkipsHooks = SkipsHooks ?? policy.SkipsHooks,
        Protected = policy.Protected.Concat(Protected).Distinct().ToValueList(),
    };

    /// <summary>The same as a change of a run's policy; null when it says nothing.</summary>
    public LandingPolicy? Changed(LandingPolicy policy) => this == Empty ? null : Over(policy);
}
