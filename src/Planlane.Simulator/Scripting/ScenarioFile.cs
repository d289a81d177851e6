using System.Text.Json;
using System.Text.Json.Serialization;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Simulator.Scripting;

/// <summary>What <c>scenario.json</c> holds.</summary>
internal sealed record ScenarioFile(int Format, string Name, string Title, string Request, Dictionary<string, ScenarioTask> Tasks)
{
    /// <summary>What the triage answers; the planner has to say where it is left out.</summary>
    public ScenarioTriage? Triage { get; init; }

    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };
}

/// <summary>What a model that sees only the request and the shape of the repository says of whether it should be divided.</summary>
internal sealed record ScenarioTriage(TriageAnswer Divide, RequestKind Kind, string Reason);

/// <summary>What the scripted agent of one task does.</summary>
internal sealed record ScenarioTask(string Work)
{
    public ValueList<string> Writes { get; init; } = [];

    public ValueList<ScenarioEdit> Edits { get; init; } = [];

    /// <summary>For each criterion of the task, in the plan's order, the test that shows it; null, or left out, where none does.</summary>
    public ValueList<string?> Tests { get; init; } = [];

    public string? Notes { get; init; }

    public ScenarioFault? Fault { get; init; }

    /// <summary>Whether it makes one call a turn, as small models sometimes do, instead of all that it can at once.</summary>
    public bool OneByOne { get; init; }
}

/// <summary>An edit of a file of the base: a unique text and what replaces it.</summary>
internal sealed record ScenarioEdit(string Path, string Old, string New);

/// <summary>What goes wrong with a task when faults are on.</summary>
internal sealed record ScenarioFault(ScenarioFaultKind Kind, string Path)
{
    public string Old { get; init; } = "";

    public string New { get; init; } = "";
}

internal enum ScenarioFaultKind
{
    CompileError,
    BadEdit,
    OutsideLane,
}
