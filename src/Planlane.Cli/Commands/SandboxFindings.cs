using Planlane.Cli.Settings;
using Planlane.Runs;
using Planlane.Sandbox;

namespace Planlane.Cli.Commands;

/// <summary>What <c>planlane doctor</c> says of the sandbox: which one, and line by line what holds here, tried.</summary>
internal static class SandboxFindings
{
    public static async Task<IEnumerable<Finding>> OfAsync(CancellationToken cancellationToken)
    {
        var sandbox = await BestSandbox.FindAsync(TimeProvider.System, BoxNetworkCommand.Host()).ConfigureAwait(false);
        var hosts = await HostsAsync(sandbox, cancellationToken).ConfigureAwait(false);
        var holds = await new SandboxProbe(sandbox).RunAsync(cancellationToken).ConfigureAwait(false);
        var holdings = holds.SelectMany(hold => FindingsOf(hold, hosts));
        return [Overview(sandbox.Facts), .. IsTurnedOff() ? [new Finding("", Level.Note, "turned off by your settings: commands run with your rights, and what follows does not hold for them")] : Array.Empty<Finding>(), .. holdings];
    }

    private static bool IsTurnedOff()
    {
        try
        {
            return !EngineDoor.SettingsOf(SettingsLayer.Empty).Workspace.IsSandboxed;
        }
        catch (PlanlaneException)
        {
            // Settings that cannot be read have a line of their own.
            return false;
        }
    }

    private static IEnumerable<Finding> FindingsOf(SandboxHold hold, Finding hosts)
    {
        var finding = new Finding($"  {NameOf(hold.Aspect)}", hold.Degree is HoldDegree.Held ? Level.Good : Level.Note, hold.Words);
        return hold.Aspect is BoxAspect.Network ? [finding, hosts] : [finding];
    }

    private static async Task<Finding> HostsAsync(ISandbox sandbox, CancellationToken cancellationToken) =>
        await HostsTrial.LackAsync(sandbox, cancellationToken).ConfigureAwait(false) is { } lack
            ? new("  named hosts", Level.Note, $"cannot be opened alone (--allow-host). {lack}")
            : new("  named hosts", Level.Good, "can be opened alone (--allow-host)");

    private static Finding Overview(SandboxFacts facts) => facts.Kind switch
    {
        SandboxKind.Bubblewrap => new("sandbox", Level.Good, "bubblewrap" + (facts.CanOverlay ? ", with layers" : ", without layers: every workspace is a copy")),
        SandboxKind.Landlock => new("sandbox", Level.Note, $"Landlock. {facts.Lack}", Hint),
        SandboxKind.Seatbelt => new("sandbox", Level.Good, "sandbox-exec"),
        SandboxKind.JobObject => new("sandbox", Level.Note, "a job object: files and the network are not held on Windows", "Read the commands in the plan before you say yes."),
        _ => new("sandbox", Level.Note, $"none: commands run with your rights. {facts.Lack}", OperatingSystem.IsLinux() ? Hint : "Read the commands in the plan before you say yes."),
    };

    private const string Hint = "Install bubblewrap, such as by: sudo apt-get install bubblewrap. Where it is installed and does not work, user namespaces are switched off.";

    private static string NameOf(BoxAspect aspect) => aspect switch
    {
        BoxAspect.FilesWritten => "files written",
        BoxAspect.FilesRead => "files read",
        BoxAspect.Network => "network",
        BoxAspect.Processes => "processes",
        BoxAspect.Resources => "limits",
        BoxAspect.Time => "time",
        _ => "environment",
    };
}
