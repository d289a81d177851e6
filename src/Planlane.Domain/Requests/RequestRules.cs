namespace Planlane.Requests;

/// <summary>What a request must satisfy before anything is spent on it.</summary>
public static class RequestRules
{
    /// <summary>The longest goal that is taken, in characters; longer texts belong in a file of the repository that the request names.</summary>
    public const int MaxGoalLength = 50_000;

    /// <summary>Why the request cannot be run, or null when it can.</summary>
    public static string? ProblemOf(RunRequest request) => request.Goal switch
    {
        "" => "The request is empty.",
        { Length: > MaxGoalLength } => $"The request has {request.Goal.Length} characters; at most {MaxGoalLength} are taken.",
        _ => null,
    };
}
