using System.Net;
using System.Text.RegularExpressions;
using Planlane.Planning;
using Planlane.Simulator.Wire;
using Planlane.Values;

namespace Planlane.Simulator.Scripting;

/// <summary>The model behind the simulator: answers any conversation of its scenario, and of those that follow it, by what the conversation shows, with recorded work.</summary>
internal sealed partial class ScriptedModel(Scenario scenario, bool faults, bool mendsByEdit = false, AlonePace? alone = null, bool singleIsOneByOne = false)
{
    private readonly IReadOnlyList<Scenario> _all = [scenario, .. scenario.FollowUps];

    /// <summary>Who asks, and for which task.</summary>
    public static (CallRole Role, TaskId? Task) Asker(MessagesRequest request)
    {
        var opening = request.Opening.ToList();
        if (opening.Select(text => TaskTag().Match(text)).FirstOrDefault(match => match.Success) is { } task)
            return (CallRole.Agent, new TaskId(task.Groups[1].Value));
        if (opening.Any(text => text.StartsWith("<triage>", StringComparison.Ordinal)))
            return (CallRole.Triage, null);
        return opening.Any(text => RequestTag().IsMatch(text)) ? (CallRole.Planner, null) : (CallRole.Other, null);
    }

    /// <summary>The answer to a conversation; the API's 400 when it is not of this scenario.</summary>
    /// <param name="request">The conversation.</param>
    /// <param name="nextId">Makes ids for tool calls.</param>
    public Answer Answer(MessagesRequest request, Func<string> nextId)
    {
        var (role, task) = Asker(request);
        return role switch
        {
            CallRole.Agent => Agent(request, task!.Value, nextId),
            CallRole.Triage => Triage(request),
            CallRole.Planner => Planner(request),
            _ => throw Unknown("the conversation names neither a request to plan nor a task"),
        };
    }

    private Answer Agent(MessagesRequest request, TaskId task, Func<string> nextId)
    {
        if (alone is not null && task.Value == AlonePace.TaskName)
            return new AloneScript(scenario, scenario.Whole(), alone).Answer(AgentMemory.Of(request.Turns), request.Turns.Count(turn => !turn.IsUser), nextId);
        // A single plan has the same task in every scenario: the request that its conversation shows says which.
        var found = _all.OrderByDescending(one => request.Opening.Any(text => text.Contains(one.Request, StringComparison.Ordinal))).FirstOrDefault(one => one.Find(task) is not null)
            ?? throw Unknown($"it knows no task '{task}'; its tasks are {string.Join(", ", scenario.Tasks)}");
        var script = found.Find(task)!;
        if (singleIsOneByOne && task.Value == SinglePlan.TaskName)
            script = script with { OneByOne = true };
        return new AgentScript(found, task, script, faults, mendsByEdit).Answer(AgentMemory.Of(request.Turns), nextId);
    }

    // Of a request that was not recorded it knows nothing, so that the planner has to say.
    private Answer Triage(MessagesRequest request) => Wire.Answer.OfText(TriageScript.Answer(Recorded(Asked(request))));

    private Answer Planner(MessagesRequest request)
    {
        var asked = Asked(request);
        if (Recorded(asked) is not { } found)
            return Wire.Answer.OfText(PlannerScript.Declined(scenario, asked));

        var feedback = request.Turns.Skip(1).Where(turn => turn.IsUser).SelectMany(turn => turn.Blocks).OfType<ContentBlock.Text>().Any(text => text.Value.Contains("<feedback"));
        return Wire.Answer.OfText(feedback ? PlannerScript.Repeated(found) : PlannerScript.Plan(found));
    }

    private static string Asked(MessagesRequest request) => request.Opening.Select(text => RequestTag().Match(text)).Last(match => match.Success).Groups[1].Value;

    private Scenario? Recorded(string asked) => _all.FirstOrDefault(one => Normal(asked) == Normal(one.Request) || Normal(WebUtility.HtmlDecode(asked)) == Normal(one.Request));

    private ApiException Unknown(string why) => ApiException.Invalid($"This simulator plays the scenario '{scenario.Name}' only: {why}.");

    private static string Normal(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex("^\\s*<task id=\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex TaskTag();

    // From the end, as the repository's own files, which stand before it, may hold the same words.
    [GeneratedRegex("<request>(.*?)</request>", RegexOptions.Singleline | RegexOptions.RightToLeft | RegexOptions.CultureInvariant)]
    private static partial Regex RequestTag();

    [GeneratedRegex("\\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
