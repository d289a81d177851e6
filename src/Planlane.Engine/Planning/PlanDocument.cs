using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Planlane.Runs;

namespace Planlane.Planning;

/// <summary>The plan document: a plan as strict JSON, whose schema is published beside this file.</summary>
public static class PlanDocument
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The JSON schema of the document.</summary>
    public static string Schema => Prompts.Read("Planning/plan.schema.json");

    /// <summary>Reads a plan document.</summary>
    /// <exception cref="PlanlaneException">The text is not one; kind <see cref="FaultKind.Usage"/>.</exception>
    public static Plan Parse(string json) => TryParse(json, out var plan, out var problem)
        ? plan
        : throw new PlanlaneException(FaultKind.Usage, $"This is not a plan document: {problem}", "See docs/guide/plans.md for its members, or make one with: planlane plan \"REQUEST\" -o plan.json");

    /// <summary>Reads a plan document, or tells why the text is not one.</summary>
    public static bool TryParse(string json, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Plan? plan, out string problem)
    {
        plan = null;
        problem = "";
        try
        {
            plan = JsonSerializer.Deserialize<Plan>(json, Options);
            problem = plan is null ? "It is null." : "";
            // Version 2 only adds members that may be missing.
            plan = plan is { Version: 1 } ? plan with { Version = Plan.SchemaVersion } : plan;
        }
        catch (JsonException exception)
        {
            problem = exception.Message;
        }

        return plan is not null;
    }

    /// <summary>A plan as an indented document that <see cref="Parse"/> reads back equal.</summary>
    public static string Write(Plan plan) => JsonSerializer.Serialize(plan, Options);
}
