using System.Text.Json;
using Planlane.Planning.Documents;
using Planlane.Requests;

namespace Planlane.Planning;

/// <summary>The answer of the triage: a small strict JSON document, whose schema lies beside this file.</summary>
public static class TriageDocument
{
    // The reason is shown to the user.
    private const int LongestReason = 600;

    /// <summary>The JSON schema of the answer; every member must be there.</summary>
    public static string Schema => Prompts.Read("Planning/triage.schema.json");

    /// <summary>Reads an answer. One that is no such document, or says no without a reason, is none: the planner decides.</summary>
    public static TriageVerdict Read(string answer)
    {
        if (!AnswerText.TryTake(answer, out var json, out _))
            return TriageVerdict.None("The answer is no document.");
        try
        {
            var read = JsonSerializer.Deserialize<Form>(json, PlanDocument.Options);
            var reason = string.Join(' ', (read?.Reason ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return read is null || reason.Length is 0 or > LongestReason ? TriageVerdict.None("The answer gives no reason of a sentence or two.") : new TriageVerdict(read.Divide, read.Kind, reason);
        }
        catch (JsonException)
        {
            return TriageVerdict.None("The answer does not fulfil its schema.");
        }
    }

    private sealed record Form(TriageAnswer Divide, RequestKind Kind, string Reason);
}
