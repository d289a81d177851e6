using System.CommandLine;
using System.Text.RegularExpressions;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Commands;

/// <summary>The argument that holds a request in the user's words.</summary>
internal static partial class RequestArgument
{
    private const int MostTypos = 2;

    public static Argument<string?> Create() => new("REQUEST") { Description = "What to build, in words; - reads it from stdin", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Reads the request; it may be empty.</summary>
    /// <param name="text">The argument.</param>
    /// <param name="commands">The names of all commands, to recognise a mistyped one.</param>
    /// <exception cref="PlanlaneException">It looks like a command; kind <see cref="FaultKind.Usage"/>.</exception>
    public static RunRequest Read(string? text, IEnumerable<string> commands)
    {
        var words = (text is "-" ? Console.In.ReadToEnd() : text ?? "").Trim();
        if (words.StartsWith('-') && !words.Any(char.IsWhiteSpace))
            throw new PlanlaneException(FaultKind.Usage, $"'{words}' is not an option.", "See planlane --help.");
        if (OneWord().IsMatch(words))
            throw NoCommand(words, commands.FirstOrDefault(name => EditDistance.Of(name, words) <= MostTypos));
        return RequestText.Parse(words);
    }

    private static PlanlaneException NoCommand(string word, string? meant) => new(
        FaultKind.Usage,
        $"'{word}' is not a command, and one word is too little for a request.",
        meant is null ? "See planlane --help, or say what to build in a sentence." : $"Did you mean: planlane {meant}");

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex OneWord();
}
