using System.Text.RegularExpressions;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Cli.Output;

/// <summary>Commands that the user can type again, quoted as a POSIX shell reads them.</summary>
internal static partial class CommandText
{
    /// <summary>What stands for a file that the user has to write.</summary>
    public const string SomeFile = "FILE";

    // What still fits on a line or two.
    private const int MostTyped = 200;

    /// <summary>The command that begins a run of a request; one that is long, or of several lines, is named as a file.</summary>
    public static string Of(RunRequest request)
    {
        var words = Quoted(request.Goal) + Flags("--require", request.Constraints) + Flags("--agents", request.Agents is { } agents ? [.. request.SplitHints, agents.ToString(System.Globalization.CultureInfo.InvariantCulture)] : request.SplitHints) + AfterOf(request.After);
        return words.Length <= MostTyped && !words.Contains('\n') ? $"planlane {words}" : $"planlane --request {SomeFile}{AfterOf(request.After)}";
    }

    /// <summary>The command that begins a run of a request in a file, with what flags add to it.</summary>
    public static string OfFile(string file, IEnumerable<string> constraints, IEnumerable<string> hints, RunId? after = null) =>
        $"planlane --request {Quoted(file)}{Flags("--require", constraints)}{Flags("--agents", hints)}{AfterOf(after)}";

    /// <summary>A text as one word of a command: bare, in double quotes where nothing is special in them, else in single ones.</summary>
    public static string Quoted(string text)
    {
        if (Bare().IsMatch(text))
            return text;
        return text.AsSpan().IndexOfAny("\"$`\\!") < 0 ? $"\"{text}\"" : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    private static string AfterOf(RunId? after) => after is { } run ? $" --after {Quoted(run.Value)}" : "";

    private static string Flags(string name, IEnumerable<string> items) => string.Concat(items.Select(item => $" {name} {Quoted(item)}"));

    [GeneratedRegex(@"^[\w./@:+][\w./@:+-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();
}
