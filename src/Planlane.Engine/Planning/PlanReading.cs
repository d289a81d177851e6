using System.Text.Json;
using System.Text.Json.Nodes;
using Planlane.Planning.Documents;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>A text that was read as a saved plan, or as a plan document alone, with the places of its values. Immutable; thread-safe.</summary>
public sealed class PlanReading
{
    private readonly DocumentText _text;
    private readonly string _planAt;

    private PlanReading(string text)
    {
        _text = new DocumentText(text);
        var isSaved = _text.Root is { } root && (root.Find("plan") is not null || (root.Find("tasks") is null && (root.Find("request") ?? root.Find("baseCommit")) is not null));
        _planAt = isSaved ? "/plan" : "";
        var findings = PlanDocument.FindingsIn(_text, isSaved ? _text.Root!.Find("plan") : _text.Root, _planAt, part => DocumentSchema.File.Check(part, isSaved ? "saved" : "plan"));
        Problems = findings.Select(finding => Place(finding.Rule, finding.Message, finding.At, finding.Offset)).ToValueList();
        if (findings.Count == 0)
            File = FileOf(_text.ToObject(), isSaved);
    }

    /// <summary>The plan; null when the text has problems.</summary>
    public PlanFile? File { get; }

    /// <summary>Everything that is wrong with the text as a plan document; what the rules say of the plan is not among it.</summary>
    public ValueList<PlacedProblem> Problems { get; }

    /// <summary>Reads a text. What people leave out has its default; a member that is not known is a problem.</summary>
    public static PlanReading Of(string text) => new(text);

    /// <summary>A problem that the rules found in this plan, with its place in the text.</summary>
    public PlacedProblem Place(PlanProblem problem)
    {
        var at = _planAt + problem.At;
        return Place(problem.Rule, problem.Message, at, _text.OffsetOf(at));
    }

    /// <summary>The text with another base; null when it names none.</summary>
    internal string? Rebased(ObjectId commit) => _planAt.Length > 0 && _text.Root?.Find("baseCommit") is { } old ? _text.With(old, commit.Value) : null;

    private PlacedProblem Place(string rule, string message, string at, int offset)
    {
        var (line, column) = _text.PlaceOf(offset);
        return new PlacedProblem(rule, message, at, line, column);
    }

    private static PlanFile FileOf(JsonObject root, bool isSaved)
    {
        var document = isSaved ? root["plan"]!.AsObject() : root;
        var plan = PlanDocument.OfValid(document);
        return new PlanFile(RequestOf(isSaved ? root["request"] : null, plan), isSaved && root["baseCommit"] is { } commit ? new ObjectId(commit.GetValue<string>()) : null, plan);
    }

    private static RunRequest RequestOf(JsonNode? request, Plan plan) => request switch
    {
        null => new RunRequest(string.Join("; ", plan.Tasks.Select(task => task.Title)), [], []),
        JsonObject parts => new RunRequest(parts["goal"]!.GetValue<string>(), ItemsOf(parts["constraints"]), ItemsOf(parts["splitHints"])) { Agents = parts["agents"]?.GetValue<int>(), After = parts["after"] is { } after ? new RunId(after.GetValue<string>()) : null },
        _ => RequestText.Parse(request.GetValue<string>()),
    };

    private static ValueList<string> ItemsOf(JsonNode? items) => items.Deserialize<ValueList<string>>() ?? [];
}

/// <summary>A problem of a plan with its place in a text.</summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="At">The value as a JSON pointer into the text.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in characters.</param>
public sealed record PlacedProblem(string Rule, string Message, string At, int Line, int Column)
{
    /// <inheritdoc />
    public override string ToString() => $"{Line}:{Column}: {Rule}: {Message}";
}
