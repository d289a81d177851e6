using System.Text.Json;

namespace Planlane.Simulator.Behaviours;

/// <summary>One thing that the simulator does because the API does it: where that is said, when it was read, and the test that holds it.</summary>
/// <remarks>A service changes. Who meets a difference finds here what the simulator believes and since when, and what to change together.</remarks>
/// <param name="Point">The part of what a faithful simulator needs, from 1 (endpoints) to 11 (conformance).</param>
/// <param name="Area">The same in a word or two.</param>
/// <param name="Says">The behaviour.</param>
/// <param name="Certainty">How sure it is.</param>
/// <param name="Source">Where it is said; empty when nobody does.</param>
/// <param name="Read">The month in which that was read.</param>
/// <param name="Test">The test that holds it.</param>
public sealed record Behaviour(int Point, string Area, string Says, Certainty Certainty, string Source, string Read, string Test)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>All of them, by point.</summary>
    public static IReadOnlyList<Behaviour> All { get; } = Load();

    private static List<Behaviour> Load()
    {
        using var stream = typeof(Behaviour).Assembly.GetManifestResourceStream("Planlane/Simulator/Behaviours/behaviours.json")!;
        return JsonSerializer.Deserialize<List<Behaviour>>(stream, Json)!;
    }
}

/// <summary>How sure a behaviour is.</summary>
public enum Certainty
{
    /// <summary>The vendor says so.</summary>
    Documented,

    /// <summary>Seen by others, or measured.</summary>
    Observed,

    /// <summary>Not published; what we chose.</summary>
    Ours,

    /// <summary>Believed; a source that says it was looked for and not found.</summary>
    Unsourced,
}
