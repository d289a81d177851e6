using System.Text.RegularExpressions;

namespace Planlane.Requests;

/// <summary>Recognises, before a call is paid for, the requests that are clearly no work to divide.</summary>
public static partial class RequestSuitability
{
    /// <summary>Why a request should not be divided, as a sentence for the user; null when its words alone do not tell.</summary>
    /// <remarks>Only a request that begins as a question or an opinion does, has no lists, and asks for nothing to be made.</remarks>
    public static string? ReasonAgainst(RunRequest request)
    {
        if (request.Constraints.Count + request.SplitHints.Count > 0 || Making().IsMatch(request.Goal))
            return null;
        if (Explaining().IsMatch(request.Goal))
            return "The request asks for an explanation, so there is no code to divide among agents.";
        return Reviewing().IsMatch(request.Goal) ? "The request asks for a review of what is there, so there is no code to divide among agents." : null;
    }

    [GeneratedRegex(@"^\s*(?:please\s+)?(?:explain\b|(?:what|why|how)\s+(?:is|are|does|do)\b[^\n]*\?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Explaining();

    [GeneratedRegex(@"^\s*(?:please\s+)?review\s+(?:my|the|this|our)\s+(?:code|changes?|pr|pull\s+request|diff)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reviewing();

    [GeneratedRegex(@"\b(?:add|build|implement|create|write|make|generate|migrate|refactor|replace|fix|move|rename|introduce|support)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Making();
}
