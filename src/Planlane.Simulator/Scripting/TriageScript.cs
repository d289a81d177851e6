using System.Text.Json;

namespace Planlane.Simulator.Scripting;

/// <summary>What the scripted model answers to whether a request should be divided: what was recorded.</summary>
internal static class TriageScript
{
    /// <summary>The answer, written without white space as a model writes under a JSON schema.</summary>
    /// <param name="scenario">The scenario of the request; null when it was not recorded.</param>
    public static string Answer(Scenario? scenario) => JsonSerializer.Serialize(
        scenario?.Triage ?? new ScenarioTriage(Planning.TriageAnswer.Unsure, Requests.RequestKind.Feature, "This is a scripted model, which does not know this request."), Written);

    private static readonly JsonSerializerOptions Written = new(ScenarioFile.Json) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
