namespace Planlane.Requests;

/// <summary>What a request must satisfy before anything is spent on it.</summary>
public static class RequestRules
{
    /// <summary>The longest goal that is taken, in characters; longer texts belong in a file of the repository that the request names.</summary>
    public const int MaxGoalLength = 50_000;

    /// <summary>Why the number of agents that a request asks for cannot be had, or null when it can.</summary>
    public static string? ProblemOfAgents(RunRequest request, RunSettings settings) => request.Agents switch
    {
        null => null,
        > 1 when settings.Mode is RunMode.Single => $"You ask for {request.Agents} agents and for one alone.",
        < 2 when settings.Mode is not RunMode.Single => $"You ask for {request.Agents} agent{(request.Agents == 1 ? "" : "s")}, and work is divided among two at least.",
        _ when request.Agents > settings.MaxAgents && settings.Mode is not RunMode.Single => $"You ask for {request.Agents} agents, and at most {settings.MaxAgents} are allowed.",
        _ => null,
    };

    /// <summary>Why the request cannot be run, or null when it can.</summary>
    public static string? ProblemOf(RunRequest request) => request.Goal switch
    {
        "" => "The request is empty.",
        { Length: > MaxGoalLength } => $"The request has {request.Goal.Length} characters; at most {MaxGoalLength} are taken.",
        _ => null,
    };
}
