using Planlane.Requests;

namespace Planlane.Planning;

/// <summary>What the agents' model says of a request before the planner is asked.</summary>
/// <param name="Divide">Whether it should be divided.</param>
/// <param name="Kind">What kind of work it takes the request for.</param>
/// <param name="Reason">Why, in a sentence or two that the user reads; never empty for a no.</param>
public sealed record TriageVerdict(TriageAnswer Divide, RequestKind Kind, string Reason)
{
    /// <summary>The verdict of a call that brought no answer that can be read: the planner decides.</summary>
    /// <param name="why">What was wrong with the answer.</param>
    public static TriageVerdict None(string why) => new(TriageAnswer.Unsure, RequestKind.Feature, why);
}

/// <summary>The answer to whether a request should be divided.</summary>
public enum TriageAnswer
{
    /// <summary>The planner, who sees the code, has to say.</summary>
    Unsure,

    /// <summary>It has parts that can be worked on at once.</summary>
    Yes,

    /// <summary>One agent alone is plainly the better choice; the planner is not asked.</summary>
    No,
}
