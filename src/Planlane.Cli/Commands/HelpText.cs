using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;

namespace Planlane.Cli.Commands;

/// <summary>The help of a command: what it is for, how it is called, and for the whole program examples and exit codes.</summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    private const int RedirectedWidth = 120;
    private const int MostLabel = 38;

    private const string RootUsage = """
          planlane "REQUEST" [options]    plan, ask, work, ask, commit: planlane "Add login with JWT, hashing and tests"
          planlane COMMAND [options]      such as planlane demo: see a whole run, without a key
        """;

    private const string ExitCodesText = """
          0 ok    1 failed    2 usage    3 a decision is needed    4 finished in part, or rejected    5 budget reached
          6 checks failed    7 plan stale or HEAD moved    8 not suitable    130 Ctrl-C    143 terminated
        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var width = Console.IsOutputRedirected ? RedirectedWidth : Math.Max(60, Console.WindowWidth);
        parseResult.InvocationConfiguration.Output.Write(Of(parseResult.CommandResult.Command, parseResult.RootCommandResult.Command, width));
        return ExitCodes.Ok;
    }

    /// <summary>The help of a command as text.</summary>
    public static string Of(Command command, Command root, int width)
    {
        var text = new StringBuilder();
        text.Append(Wrapped(command.Description ?? "", "", width)).Append('\n');
        Section(text, "Usage", UsageOf(command, root));
        Section(text, "Commands", Rows(command.Subcommands.Select(sub => (LabelOf(sub), sub.Description)), width));
        foreach (var (title, symbols) in OptionGroups.Of(command, root))
            Section(text, title, Rows(symbols.Select(RowOf), width));
        if (command == root)
            Section(text, "Exit codes", ExitCodesText);
        return text.ToString();
    }

    private static string UsageOf(Command command, Command root) => command == root
        ? RootUsage
        : $"  planlane {LabelOf(command)} [options]";

    private static string LabelOf(Command command) => string.Join(' ', command.Arguments
        .Select(argument => argument switch
        {
            { Name: "REQUEST" } => "\"REQUEST\"",
            { Arity.MinimumNumberOfValues: 0 } => $"[{argument.Name}]",
            _ => argument.Name,
        })
        .Prepend(command.Name));

    private static (string Label, string? Description) RowOf(Symbol symbol)
    {
        if (symbol is not Option option)
            return (symbol.Name, symbol.Description);
        var names = string.Join(", ", option.Aliases.Append(option.Name).Where(name => name is not "-?" and not "/?" and not "/h").OrderBy(name => name.StartsWith("--", StringComparison.Ordinal)));
        var isFlag = option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0;
        var description = option is { HasDefaultValue: true } && !isFlag ? $"{option.Description} [default: {option.GetDefaultValue()}]" : option.Description;
        return (isFlag ? names : $"{names} {option.HelpName}", description);
    }

    private static void Section(StringBuilder text, string title, string body)
    {
        if (body.Length > 0)
            text.Append('\n').Append(title).Append(":\n").Append(body).Append('\n');
    }

    private static string Rows(IEnumerable<(string Label, string? Description)> rows, int width)
    {
        var all = rows.ToList();
        var column = all.Select(row => row.Label.Length).Where(length => length <= MostLabel).DefaultIfEmpty().Max() + 4;
        return string.Join('\n', all.Select(row => row.Label.Length > MostLabel
            ? $"  {row.Label}\n{new string(' ', column)}{Wrapped(row.Description ?? "", new string(' ', column), width)}"
            : $"  {row.Label.PadRight(column - 2)}{Wrapped(row.Description ?? "", new string(' ', column), width)}"));
    }

    // The first line is written by the caller up to the indent.
    private static string Wrapped(string words, string indent, int width)
    {
        var lines = new List<StringBuilder> { new() };
        foreach (var word in words.Split(' '))
        {
            if (lines[^1].Length > 0 && indent.Length + lines[^1].Length + 1 + word.Length > width)
                lines.Add(new StringBuilder());
            lines[^1].Append(lines[^1].Length == 0 ? "" : " ").Append(word);
        }

        return string.Join("\n" + indent, lines);
    }
}
