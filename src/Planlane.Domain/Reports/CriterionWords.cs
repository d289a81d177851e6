using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports;

/// <summary>What an acceptance criterion says that can be measured: paths, names, commands, and a few plain sentences. What is not of these forms is left to a reader.</summary>
internal static partial class CriterionWords
{
    /// <summary>What stands in backticks.</summary>
    public static IEnumerable<string> Quoted(string criterion) => Backticks().Matches(criterion).Select(match => match.Groups["text"].Value.Trim());

    /// <summary>The paths that it names.</summary>
    public static IEnumerable<RepoPath> Paths(string criterion) => Quoted(criterion).Where(text => PathForm().IsMatch(text))
        .Concat(PlainPath().Matches(criterion).Select(match => match.Value)).Distinct().Select(text => new RepoPath(text)).Where(path => path.Problem is null);

    /// <summary>The one path whose being there, or no longer being there, is all that it asks for; null when it asks for more.</summary>
    public static (RepoPath Path, bool IsThere)? Existence(string criterion)
    {
        var match = Existing().Match(criterion.Replace("`", "", StringComparison.Ordinal).Trim());
        // A word alone may be the name of anything.
        return match.Success && new RepoPath(match.Groups["path"].Value) is { Problem: null } path && path.Value.AsSpan().IndexOfAny('/', '.') >= 0 ? (path, !match.Groups["gone"].Success) : null;
    }

    /// <summary>The one path whose change is all that it asks for; null when it asks for more.</summary>
    public static RepoPath? Change(string criterion)
    {
        var match = Changed().Match(criterion.Replace("`", "", StringComparison.Ordinal).Trim());
        return match.Success && new RepoPath(match.Groups["path"].Value) is { Problem: null } path && path.Value.AsSpan().IndexOfAny('/', '.') >= 0 ? path : null;
    }

    /// <summary>The names of which it asks no more than that they stand in a file; empty when it asks for anything else.</summary>
    public static ValueList<string> Stated(string criterion) => !Negative().IsMatch(criterion) && Statement().Match(criterion.Trim()) is { Success: true } match
        ? match.Groups["name"].Captures.Select(capture => capture.Value.Trim().TrimEnd('(', ')')).Where(name => name.Length > 0).Distinct().ToValueList()
        : [];

    /// <summary>Whether a text holds a name that is no part of a longer one.</summary>
    public static bool HasName(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
            if ((at == 0 || !IsOfName(text[at - 1]) || !IsOfName(name[0])) && (at + name.Length == text.Length || !IsOfName(text[at + name.Length]) || !IsOfName(name[^1])))
                return true;
        return false;
    }

    /// <summary>Whether it speaks of something that shall not be, or be no longer, so that a missing file is no failure.</summary>
    public static bool IsNegative(string criterion) => Negative().IsMatch(criterion);

    /// <summary>Whether all that it asks for is that tests pass.</summary>
    public static bool IsAboutTests(string criterion) => TestsPass().IsMatch(criterion.Trim());

    /// <summary>How many tests it wants to pass, of one that asks for no more; 1 when it names no number.</summary>
    public static int CountOfTests(string criterion) => TestsPass().Match(criterion.Trim()).Groups["count"] is { Success: true } count ? int.Parse(count.Value, System.Globalization.CultureInfo.InvariantCulture) : 1;

    /// <summary>Whether nothing but the success of a command is asked for, when the command is taken out.</summary>
    public static bool IsAboutSuccess(string criterion, string command)
    {
        var rest = criterion.Replace("`", "", StringComparison.Ordinal).Replace(command, "", StringComparison.Ordinal);
        return !Negative().IsMatch(rest) && Success().IsMatch(rest.Trim());
    }

    private static bool IsOfName(char letter) => char.IsLetterOrDigit(letter) || letter == '_';

    [GeneratedRegex(@"`(?<text>[^`\n]+)`")]
    private static partial Regex Backticks();

    [GeneratedRegex(@"^[\w@.+\-]+(?:/[\w@.+\-]+)*/?$")]
    private static partial Regex PathForm();

    [GeneratedRegex(@"(?<![\w/.`:@])[\w@+\-][\w@.+\-]*(?:/[\w@.+\-]+)*/[\w@+\-]+(?:\.[\w@+\-]+)*\.[A-Za-z]\w{0,7}(?![\w/`])")]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"^(?:the )?(?:file |folder )?(?<path>[\w@+\-][\w@.+\-/]*[\w]) (?:(?:exists|is there|is (?:created|added|present)|(?:was|has been) (?:created|added))|(?<gone>(?:no longer exists|does not exist|is (?:deleted|removed|gone)|(?:was|has been) (?:deleted|removed))))\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex Existing();

    [GeneratedRegex(@"^(?:the )?(?:file )?(?<path>[\w@+\-][\w@.+\-/]*[\w]) (?:is|was|has been) (?:updated|changed|extended|adapted|adjusted|rewritten)\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex Changed();

    // Such as: `src/sum.ts` exports `sum` and a type `Sums`. Nothing may follow the names that says what they do.
    [GeneratedRegex(@"^(?:the |a )?(?:file |page |module )?(?:`[^`\n]+`|[\w@+\-][\w@.+\-/]*) (?:still )?(?:exports|declares|defines|contains|documents|mentions|describes|names|lists)(?:(?:,| and| as well as)?(?: (?:the|a|an|its|public|async|new|function|functions|type|types|interface|interfaces|class|classes|record|records|enum|constant|constants|method|methods|option|options|command|commands|flag|flags|setting|settings|section|variable|variables))* `(?<name>[^`\n]+)`)+\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\b(?:no|not|never|without|none|nothing|delet\w+|remov\w+|drop\w*|renam\w+|mov(?:e|es|ed)|from|replac\w+|instead|old|legacy|former)\b|n't\b", RegexOptions.IgnoreCase)]
    private static partial Regex Negative();

    [GeneratedRegex(@"^(?:(?:all|the|every|existing|new|unit|its|own|project's?|of|(?<count>[0-9]{1,6})) )*(?:tests?|test suite|specs?)(?: (?:of|in|for) [\w./`-]+)?(?: still| all)? (?:pass(?:es)?|succeeds?|(?:is|are) green)\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex TestsPass();

    [GeneratedRegex(@"^(?:(?:the|command|script|build|check|running) ?)*(?:(?:still )?(?:pass(?:es)?|succeeds?|works|runs|builds|compiles|(?:is|are) green|exits with (?:code )?0)(?: clean(?:ly)?| green| with(?: exit)? code 0)?)?\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex Success();
}
