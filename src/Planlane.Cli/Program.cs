using System.CommandLine;
using System.Reflection;
using System.Text;
using Planlane.Cli.Commands;
using Planlane.Cli.Output;

namespace Planlane.Cli;

/// <summary>The command line.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // The most frequent question of scripts is answered before anything is built.
        if (args is ["--version"])
        {
            Console.Out.WriteLine(Version);
            return ExitCodes.Ok;
        }

        // Every command that may reach named hosts waits for this.
        if (args is [BoxNetworkCommand.Name, var door])
            return BoxNetworkCommand.Run(door);
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        // A request may begin with @, which is no file of arguments here.
        var parsed = CommandTree.Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpText)
            return Refuse(parsed);
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }).ConfigureAwait(false);
    }

    /// <summary>The version without build metadata.</summary>
    public static string Version { get; } =
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    private static int Refuse(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command is RootCommand ? "planlane" : $"planlane {parsed.CommandResult.Command.Name}";
        Diagnostics.Write(
            new Terminal(new TerminalOptions(Progress: "auto"), Environment.GetEnvironmentVariable),
            string.Join(" ", parsed.Errors.Select(error => error.Message).Distinct()),
            $"See {command} --help.");
        return ExitCodes.Usage;
    }
}
