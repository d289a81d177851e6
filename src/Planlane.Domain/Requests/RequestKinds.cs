using System.Text.RegularExpressions;

namespace Planlane.Requests;

/// <summary>Recognises from their words requests that are not divided. Only what is certain: everything else is the planner's to judge.</summary>
/// <remarks>A text with several paragraphs, with lists or items, or with a word of building in it is never recognised, whatever it begins with.</remarks>
public static partial class RequestKinds
{
    // Longer texts describe work.
    private const int LongestQuestion = 300;

    /// <summary>Why the request is not divided, or null when its words do not say so.</summary>
    public static UndividedRequest? Undivided(RunRequest request)
    {
        var goal = request.Goal.Trim();
        if (request.Constraints.Count + request.SplitHints.Count > 0 || request.Agents is not null || goal.Length > LongestQuestion || goal.Contains('\n') || Listing().IsMatch(goal))
            return null;
        if (Comment().IsMatch(goal) && !SecondPart().IsMatch(goal))
            return new UndividedRequest(RequestKind.Refactoring, "A comment is added in one place; one agent alone does that faster and cheaper.");
        if (Building().IsMatch(goal))
            return null;
        if (Review().IsMatch(goal))
            return new UndividedRequest(RequestKind.Review, "A review reads the code and writes none of it; there are no files to divide.");
        return Explanation().IsMatch(goal) || (Question().IsMatch(goal) && !SecondPart().IsMatch(goal))
            ? new UndividedRequest(RequestKind.Explanation, "An explanation is asked for; there are no files to divide.")
            : null;
    }

    // A colon that introduces what is really wanted, bullets, or numbers.
    [GeneratedRegex(@"\w:\s|\s[-*•–—]\s|\b\d+[.)]\s|;", RegexOptions.CultureInvariant)]
    private static partial Regex Listing();

    // Behind an article such a word is a name: "the build".
    [GeneratedRegex(@"(?<!\b(?:the|this|our|my|a)\s)\b(add|adds|adding|build|implement|create|make|write|introduce|develop|generate|support|refactor|rewrite|migrate|convert|replace|extend|integrate|port|set\s+up|fix|change|update|upgrade|remove|delete|rename|move|split|extract|improve|optimi[sz]e|apply|ensure|then|need|want|should)\b", Options)]
    private static partial Regex Building();

    [GeneratedRegex(@"^(?:please\s+|can\s+you\s+|could\s+you\s+(?:please\s+)?)?(?:code[- ]?)?review\s+(?:my|this|our|these|the|all\s+my)\s+(?:[\w./-]+\s+){0,2}(?:code|changes?|diff|commits?|branch|pr|pull\s+request|files?|implementation)\b(?:\s+(?:in|of|on|from|for)\s+[`\w./#-]+(?:\s+[\w-]+){0,3})?(?:,?\s+please)?\s*[.!?]?$", Options)]
    private static partial Regex Review();

    [GeneratedRegex(@"^(?:please\s+|can\s+you\s+(?:please\s+)?|could\s+you\s+(?:please\s+)?)?(?:explain(?!(?:\s+(?!the\b|this\b|that\b|my\b|our\b|how\b|what\b|why\b)[\w-]+)?\s+(?:mode|command|button|endpoint|page|feature|option|flag|panel|view|plan)s?\b)|describe\s+(?:how|what|why)|tell\s+me\s+(?:how|what|why|about)|walk\s+me\s+through|help\s+me\s+understand|summari[sz]e\s+(?:how|what|why))\b", Options)]
    private static partial Regex Explanation();

    [GeneratedRegex(@"^(?:so\s+)?(?:what|why|how|where|when|which|who)(?:'s|\s+(?:is|are|was|were|does|do|did|happens|means|can|could|would|has|have))\b[^?]*\?$", Options)]
    private static partial Regex Question();

    [GeneratedRegex(@"^(?:please\s+)?add\s+(?:a|one|an?\s+[\w-]+|a\s+(?:short|doc|code|single)(?:\s+[\w-]+)?)\s+comment\s+(?:to|above|in|on|at|before|explaining|that|saying|describing)\b", Options)]
    private static partial Regex Comment();

    // Something more is asked for behind the first part; and comments that users of a product write are a feature.
    [GeneratedRegex(@"\b(?:and|also|then|plus)\b.*\b(?:add|build|implement|create|write|make|refactor|fix|change|update|test|tests)\b|\bcomment\s+(?:section|system|feature|form|box|model|table|endpoint|thread|to\s+(?:each|every|all)|on\s+(?:posts?|articles?|products?))\b|\bevery\b|\ball\b", Options)]
    private static partial Regex SecondPart();

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
}
