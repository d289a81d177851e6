using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Planlane.Planning.Documents;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>The plan document: a plan as strict JSON, whose schema is published beside this file. What has its default value is left out.</summary>
public static class PlanDocument
{
    // A planner that errs everywhere is helped by the first problems as much as by all.
    private const int MostProblems = 40;

    /// <summary>The JSON schema of a planner's answer.</summary>
    public static string Schema => Prompts.Read("Planning/plan.schema.json");

    internal static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Reads a planner's answer: one document, alone or in a fence, by the strict schema; one of an earlier version, such as journals hold, as a file of that version is read.</summary>
    public static PlanAnswer ReadAnswer(string answer)
    {
        if (!AnswerText.TryTake(answer, out var json, out var reason))
            return new PlanAnswer(null, [new PlanProblem("document-readable", reason)]);

        var text = new DocumentText(json);
        var findings = FindingsIn(text, text.Root, "", part => PlanVersions.IsEarlier(part) ? DocumentSchema.File.Check(part, "plan") : DocumentSchema.Answer.Check(part));
        if (findings.Count == 0)
            return new PlanAnswer(OfValid(text.ToObject()), []);
        var problems = findings.Take(MostProblems).Select(finding => new PlanProblem(finding.Rule, finding.Message) { At = finding.At });
        if (findings.Count > MostProblems)
            problems = problems.Append(new PlanProblem("document-readable", $"{findings.Count - MostProblems} further problems of this kind are not listed."));
        return new PlanAnswer(null, problems.ToValueList());
    }

    /// <summary>Reads a plan document as a planner answers it.</summary>
    /// <exception cref="PlanlaneException">The text is not one; kind <see cref="FaultKind.Usage"/>.</exception>
    public static Plan Parse(string json)
    {
        var answer = ReadAnswer(json);
        return answer.Plan ?? throw new PlanlaneException(
            FaultKind.Usage,
            $"This is not a plan document: {answer.Problems[0].Message}",
            "See docs/guide/plans.md for its members, or make one with: planlane plan \"REQUEST\" -o plan.json");
    }

    /// <summary>A plan as an indented document that <see cref="Parse"/> reads back equal; line ends are LF on every system.</summary>
    public static string Write(Plan plan) => ToJson(plan).ToJsonString(Options);

    /// <summary>The document as a tree that belongs to the caller.</summary>
    public static JsonObject ToJson(Plan plan) => PlanDefaults.Leave(JsonSerializer.SerializeToNode(plan, Options)!.AsObject());

    // A text that is no JSON has nothing more to say, and neither has a document of an unknown version.
    internal static List<Finding> FindingsIn(DocumentText text, JsonPart? plan, string at, Func<JsonPart, List<Finding>> check)
    {
        if (text.Root is null)
            return [.. text.Findings];
        if (plan is not null && PlanVersions.Problem(plan, at) is { } version)
            return [.. text.Findings, version];
        return [.. text.Findings, .. check(text.Root)];
    }

    internal static Plan OfValid(JsonObject plan)
    {
        PlanDefaults.Fill(plan);
        return plan.Deserialize<Plan>(Options)!;
    }
}

/// <summary>What a planner's answer says.</summary>
/// <param name="Plan">The plan; null when the answer is not a plan document.</param>
/// <param name="Problems">Why it is not; empty when it is.</param>
public sealed record PlanAnswer(Plan? Plan, ValueList<PlanProblem> Problems);
