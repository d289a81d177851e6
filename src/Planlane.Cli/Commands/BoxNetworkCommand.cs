using System.Net.Sockets;
using System.Runtime.InteropServices;
using Planlane.Sandbox;
using Planlane.Sandbox.Linux;

namespace Planlane.Cli.Commands;

/// <summary>The program that the sandbox starts in a command's own network, see <see cref="BoxListener"/>: this one, by a word that no help shows, as it is of use to nobody else.</summary>
internal static class BoxNetworkCommand
{
    public const string Name = "box-network";

    /// <summary>The sandbox of all commands.</summary>
    public static BestSandbox Sandbox { get; } = new(Host());

    /// <summary>The user, and this program.</summary>
    public static BoxHost Host() => BoxHost.Current() with { NetworkProgram = OperatingSystem.IsLinux() ? [.. StartWords(), Name] : null };

    /// <summary>Does what the sandbox wants.</summary>
    public static int Run(string door)
    {
        try
        {
            BoxListener.Hand(door);
            return ExitCodes.Ok;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCodes.Failed;
        }
    }

    // In the box's making no variable says where the runtime is, so its own starter is named where there is one.
    private static string[] StartWords()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "planlane.dll");
        var starter = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        return File.Exists(program) && File.Exists(starter) ? [starter, program] : [Environment.ProcessPath!];
    }
}
