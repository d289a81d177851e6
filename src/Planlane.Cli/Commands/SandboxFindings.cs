using Planlane.Sandbox;

namespace Planlane.Cli.Commands;

/// <summary>What <c>planlane doctor</c> says of the sandbox: which one, and line by line what holds here, tried.</summary>
internal static class SandboxFindings
{
    public static async Task<IEnumerable<Finding>> OfAsync(CancellationToken cancellationToken)
    {
        var sandbox = await BestSandbox.FindAsync(TimeProvider.System, BoxNetworkCommand.Host()).ConfigureAwait(false);
        var holds = await new SandboxProbe(sandbox).RunAsync(cancellationToken).ConfigureAwait(false);
        return holds.Select(hold => new Finding($"  {NameOf(hold.Aspect)}", hold.Degree is HoldDegree.Held ? Level.Good : Level.Note, hold.Words)).Prepend(Overview(sandbox.Facts));
    }

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
