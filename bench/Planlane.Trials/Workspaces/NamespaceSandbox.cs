using System.Diagnostics;
using System.Text;
using Planlane.Reports;
using Planlane.Sandbox;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Trials.Workspaces;

/// <summary>Mounts overlays in a namespace of its own, and holds nothing: what a command may do is the real sandbox's business, what it costs and leaves on disk is looked at with this one alone.</summary>
internal sealed class NamespaceSandbox : ISandbox
{
    // Overlays first, as the real sandbox does. Paths with a colon or a comma, which mean something in the options, are not for this one.
    private const string Script = """
        while [ "$1" = overlay ]; do mount -t overlay overlay -o "lowerdir=$3,upperdir=$4,workdir=$5,userxattr" "$2" || exit 125; shift 5; done
        while [ "$1" = bind ]; do mount --rbind "$3" "$2" || exit 125; shift 3; done
        cd "$1" && exec /bin/sh -c "$2"
        """;

    public static bool Works { get; } = OperatingSystem.IsLinux() && Run("unshare", ["-Urm", "true"], [], CancellationToken.None).ExitCode == 0;

    public SandboxFacts Facts { get; } = new(SandboxKind.Bubblewrap) { CanOverlay = true };

    public async Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        var mounts = command.Mounts.OfType<BoxMount.Overlay>().SelectMany(mount => new[] { "overlay", mount.Target, string.Join(':', mount.Lowers), mount.Upper, mount.Work })
            .Concat(command.Mounts.OfType<BoxMount.Bind>().SelectMany(mount => new[] { "bind", mount.Target, mount.Source }));
        string[] arguments = ["-Urm", "--propagation", "private", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", Script, "sh", .. mounts, command.Folder, command.Text];
        var (exitCode, output) = await Task.Run(() => Run("unshare", arguments, command.Variables, cancellationToken), CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new BoxResult(CommandEnd.Exited, exitCode, 0, output);
    }

    private static (int ExitCode, string Output) Run(string program, string[] arguments, ValueList<Variable> variables, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var variable in variables)
            start.Environment[variable.Name] = variable.Value;
        using var process = Process.Start(start)!;
        using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = new StringBuilder();
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        output.Append(process.StandardOutput.ReadToEnd()).Append(error.Result);
        process.WaitForExit();
        return (process.ExitCode, output.ToString());
    }
}
