using System.CommandLine;

namespace Planlane.Cli.Commands;

/// <summary>The arguments and options of a command as its help lists them: those of commands that begin a run by what they are about.</summary>
internal static class OptionGroups
{
    private const string RequestTitle = "Request";
    private const string LandingTitle = "Landing";

    private static readonly (string Title, string[] Names)[] Known =
    [
        (RequestTitle, ["--request", "--require", "--agents", "--after"]),
        ("Division", ["--single", "--force", "--max-agents", "--plan-only", "--output"]),
        (LandingTitle, ["--branch", "--onto", "--squash", "--no-commit", "--no-verify"]),
        ("Models, limits, sandbox", ["--model", "--budget", "--budget-day", "--budget-repository", "--slots", "--max-turns", "--allow-host", "--allow-network", "--no-sandbox"]),
    ];

    /// <summary>The sections, each a title with what stands in it: arguments and options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="root">The whole program, which has the options of every command.</param>
    public static IEnumerable<(string Title, IEnumerable<Symbol> Symbols)> Of(Command command, Command root)
    {
        var rest = command.Options.Where(option => !option.Recursive && !option.Hidden).ToList();
        var takesRequest = rest.Any(option => option.Name is "--request");
        if (!takesRequest)
            yield return ("Arguments", command.Arguments);
        if (rest.Any(option => option.Name is "--model"))
        {
            // The program's own help has to fit on a screen, and names one option of these.
            foreach (var (title, names) in Known.Where(group => command != root || group.Title is not LandingTitle))
            {
                var options = names.SelectMany(name => rest.Where(option => option.Name == name)).ToList();
                yield return (title, title is RequestTitle && takesRequest ? command.Arguments.Concat<Symbol>(options) : options);
                rest.RemoveAll(options.Contains);
            }
        }

        var every = root.Options.Where(option => option.Recursive);
        if (command == root)
        {
            // The program's own help has to fit on a screen.
            yield return ("Other options", rest.Concat(every.Where(option => option.Name is not "--debug")));
            yield break;
        }

        yield return ("Options", rest);
        yield return ("Options of every command", every);
    }
}
