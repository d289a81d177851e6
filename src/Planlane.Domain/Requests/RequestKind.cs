namespace Planlane.Requests;

/// <summary>What kind of work a request asks for; some kinds are never divided.</summary>
public enum RequestKind
{
    /// <summary>Something new.</summary>
    Feature,

    /// <summary>The same behaviour in another shape.</summary>
    Refactoring,

    /// <summary>Something that is wrong in one place.</summary>
    BugFix,

    /// <summary>A question, or an explanation; nothing is to be written.</summary>
    Explanation,

    /// <summary>An opinion on what is there; nothing is to be written.</summary>
    Review,
}
