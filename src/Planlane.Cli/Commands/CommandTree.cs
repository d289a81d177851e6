using System.CommandLine;
using System.CommandLine.Help;

namespace Planlane.Cli.Commands;

/// <summary>All commands and options.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var options = new GlobalOptions();
        var root = RequestCommand.Create(options);
        options.AddTo(root);
        Command[] commands =
        [
            PlanCommand.Create(options), RunCommand.Create(options), ValidateCommand.Create(options), ReviewCommand.Create(options), ResumeCommand.Create(options),
            UndoCommand.Create(options), RunsCommand.Create(options), ShowCommand.Create(options), LogCommand.Create(options), ReplayCommand.Create(options), DemoCommand.Create(options), BenchCommand.Create(options),
            SimulateCommand.Create(options), MapCommand.Create(options), DoctorCommand.Create(options), InitCommand.Create(options),
        ];
        foreach (var command in commands)
            root.Add(command);
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { } help)
        {
            help.Description = "Show this help";
            help.Action = new HelpText();
        }

        if (root.Options.OfType<VersionOption>().FirstOrDefault() is { } version)
            version.Description = "Show the version";
        return root;
    }

    /// <summary>The names of all commands.</summary>
    public static IEnumerable<string> NamesOf(ParseResult parsed) => parsed.RootCommandResult.Command.Subcommands.Select(command => command.Name);
}
