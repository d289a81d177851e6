namespace Planlane.Requests;

/// <summary>Who decides whether a request is divided among agents.</summary>
public enum RunMode
{
    /// <summary>The planner and the rules of suitability; a request that does not divide is refused with the reason.</summary>
    Auto,

    /// <summary>The user, who wants it divided whatever the rules of suitability say. The rules of plans still hold.</summary>
    Forced,

    /// <summary>The user, who wants one agent to do all of it; the planner is not asked.</summary>
    Single,
}
