using Planlane.Reports;
using Planlane.Values;

namespace Planlane.Sandbox.Linux;

/// <summary>Tries what bubblewrap can do here, by running a command that does nothing.</summary>
internal static class BubblewrapTrial
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Runs a command in a box, with layers over an empty folder or without; null when it worked, else why not.</summary>
    public static async Task<string?> RunAsync(ISandbox sandbox, bool withLayers)
    {
        var root = Directory.CreateTempSubdirectory("planlane-trial-").FullName;
        try
        {
            string Folder(string name) => Directory.CreateDirectory(Path.Combine(root, name)).FullName;
            var target = Folder("target");
            var command = new BoxedCommand("echo held >written && cat written", target, Folder("temp"), Limit);
            if (withLayers)
                command = command with { Mounts = [new BoxMount.Overlay(target, [Folder("lower")], Folder("upper"), Folder("work"))] };
            var result = await sandbox.RunAsync(command, CancellationToken.None).ConfigureAwait(false);
            var written = File.Exists(Path.Combine(root, withLayers ? "upper" : "target", "written"));
            return result is { End: CommandEnd.Exited, ExitCode: 0 } && written ? null : result.Output.Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
        finally
        {
            BoxEnd.Remove(root);
        }
    }

    /// <summary>What is held by design.</summary>
    public static SandboxFacts FactsOf(bool canOverlay, bool canCount, bool canAllowHosts)
    {
        var isRoot = Libc.EffectiveUser() == 0;
        ValueList<SandboxHold> holds =
        [
            new(BoxAspect.FilesWritten, HoldDegree.Held, "only the workspace and a temporary folder can be written" + (canOverlay ? "; package caches are copy-on-write" : "; package caches are read-only")),
            new(BoxAspect.FilesRead, HoldDegree.Held, "nothing of the home folder but tools and package caches; no key files, no sockets of the system"),
            new(BoxAspect.Network, HoldDegree.Held, "none, not even the machine's own services, unless it is opened" + (canAllowHosts ? ", all of it or named hosts alone" : "")),
            new(BoxAspect.Processes, HoldDegree.Held, "other processes are neither seen nor reached; what a command leaves behind is killed with it"),
            Resources(canCount, isRoot),
            new(BoxAspect.Time, HoldDegree.Held, "a command is killed at its limit, with all that it started"),
            new(BoxAspect.Environment, HoldDegree.Held, "an allow-list; what looks like a key is never passed"),
        ];
        return new SandboxFacts(SandboxKind.Bubblewrap) { CanBind = true, CanOverlay = canOverlay, CanAllowHosts = canAllowHosts, Holds = holds };
    }

    private static SandboxHold Resources(bool canCount, bool isRoot) =>
        canCount ? new(BoxAspect.Resources, HoldDegree.Held, "memory and processes of a command together (control group), size of a file")
        : isRoot ? new(BoxAspect.Resources, HoldDegree.Partly, "memory of each process and size of a file; root's processes are not counted without a writable control group")
        : new(BoxAspect.Resources, HoldDegree.Partly, "memory of each process, not of all together; number of processes, size of a file");
}
