using System.CommandLine;
using Planlane.Cli.Output;

namespace Planlane.Cli.Commands;

/// <summary>The options that were given on a command line.</summary>
internal static class GivenOptions
{
    /// <summary>Those that were given, as they would be typed again, each after a space; empty when none was.</summary>
    public static string Of(ParseResult parsed, IEnumerable<Option> options) => string.Concat(options
        .Where(option => parsed.GetResult(option) is { Implicit: false })
        .SelectMany(option => parsed.GetResult(option)!.Tokens is { Count: > 0 } tokens ? tokens.Select(token => $" {option.Name} {CommandText.Quoted(token.Value)}") : [$" {option.Name}"]));
}
