using System.Text.Json;
using System.Text.Json.Serialization;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Simulator.Pacing;

/// <summary>How fast models answer: a file of dated figures with their sources. Immutable.</summary>
/// <remarks>
/// Time to the first token = first × lognormal(0, sigma) + prefill × tokens; output speed is normal per call; both are slowed by calls that are open at the same time:
/// × (1 + slowDown × max(0, open ÷ fullSpeedCalls − 1)). A share of the calls has a tail: the time to its first token is multiplied. Another share stalls in its middle.
/// </remarks>
/// <param name="AsOf">The day on which the figures were gathered.</param>
/// <param name="Families">Figures by family of models: <c>haiku</c>, <c>sonnet</c>, <c>opus</c>.</param>
/// <param name="Sigma">The spread of the time to the first token.</param>
/// <param name="CachedShare">What a token that is read from the cache takes, as a share of one that is not.</param>
/// <param name="FullSpeedCalls">So many calls may be open before any is slowed.</param>
/// <param name="SlowDown">The slow-down for each such number of calls more.</param>
/// <param name="Sources">Where the figures come from.</param>
public sealed record LatencyProfile(DateOnly AsOf, IReadOnlyDictionary<string, FamilySpeed> Families, double Sigma, double CachedShare, int FullSpeedCalls, double SlowDown, ValueList<string> Sources)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The profile that is shipped, with its rare tails and stalls.</summary>
    public static LatencyProfile Measured { get; } = Read(Shipped());

    /// <summary>The same without tails and stalls, so that a demonstration is smooth; the default.</summary>
    public static LatencyProfile Smooth { get; } = Measured with { TailRate = 0, StallRate = 0 };

    /// <summary>The share of calls whose first token takes several times as long.</summary>
    public double TailRate { get; init; }

    /// <summary>The least factor of a tail.</summary>
    public double TailLeast { get; init; } = 1;

    /// <summary>The greatest factor of a tail.</summary>
    public double TailMost { get; init; } = 1;

    /// <summary>The share of calls that stall in their middle.</summary>
    public double StallRate { get; init; }

    /// <summary>How long a stall is, in seconds.</summary>
    public double StallSeconds { get; init; }

    /// <summary>Reads a profile.</summary>
    /// <param name="path">A file of the form of the shipped one (Pacing/latency.json).</param>
    /// <exception cref="PlanlaneException">It cannot be read or is no profile.</exception>
    public static LatencyProfile Load(string path)
    {
        try
        {
            return Read(File.ReadAllText(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PlanlaneException(FaultKind.Usage, $"The latency profile '{path}' cannot be read: {fault.Message}", "Compare it with the form in the guide.", fault);
        }
    }

    private static LatencyProfile Read(string text)
    {
        var profile = JsonSerializer.Deserialize<LatencyProfile>(text, Json) ?? throw new JsonException("It is null.");
        foreach (var family in new[] { "haiku", "sonnet", "opus" })
        {
            if (profile.Families.GetValueOrDefault(family) is not { TokensPerSecond: > 0 })
                throw new JsonException($"It has no speed for the family '{family}'.");
        }

        return profile;
    }

    private static string Shipped()
    {
        using var reader = new StreamReader(typeof(LatencyProfile).Assembly.GetManifestResourceStream("Planlane/Simulator/Pacing/latency.json")!);
        return reader.ReadToEnd();
    }
}

/// <summary>How fast the models of a family are.</summary>
/// <param name="FirstTokenSeconds">The median time to the first token of an empty prompt, in seconds.</param>
/// <param name="PrefillMilliseconds">For each input token that is not cached, in milliseconds.</param>
/// <param name="TokensPerSecond">The mean output speed.</param>
/// <param name="Deviation">Its standard deviation from call to call.</param>
public sealed record FamilySpeed(double FirstTokenSeconds, double PrefillMilliseconds, double TokensPerSecond, double Deviation);
