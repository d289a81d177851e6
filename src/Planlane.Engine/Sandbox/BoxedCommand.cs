using Planlane.Reports;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Sandbox;

/// <summary>A shell command and the box that it runs in.</summary>
/// <param name="Text">The shell command.</param>
/// <param name="Folder">The working folder, as the command sees it; writable.</param>
/// <param name="TempFolder">A folder of the command's own for temporary files; writable.</param>
/// <param name="Limit">After this time the process tree is killed.</param>
public sealed record BoxedCommand(string Text, string Folder, string TempFolder, TimeSpan Limit)
{
    /// <summary>What is shown at which path, in this order; a sandbox that cannot mount gets none.</summary>
    public ValueList<BoxMount> Mounts { get; init; } = [];

    /// <summary>Absolute paths that must not be read, beside those that no command may read.</summary>
    public ValueList<string> Hidden { get; init; } = [];

    /// <summary>Absolute paths outside <see cref="Folder"/> that links in it lead to: they are read, but for what is hidden in them, and not written. Of no use where something is mounted.</summary>
    public ValueList<string> Readable { get; init; } = [];

    /// <summary>Variables beside those of the allow-list.</summary>
    public ValueList<Variable> Variables { get; init; } = [];

    /// <summary>Which network it may use.</summary>
    public NetworkAccess Network { get; init; }

    /// <summary>The hosts that it may reach when <see cref="Network"/> is <see cref="NetworkAccess.Hosts"/>.</summary>
    public ValueList<string> Hosts { get; init; } = [];

    /// <summary>What it may take.</summary>
    public BoxLimits Limits { get; init; } = BoxLimits.Default;
}

/// <summary>Something that is shown at a path in a box. Paths are absolute.</summary>
public abstract record BoxMount
{
    private BoxMount()
    {
    }

    /// <summary>Where it is shown.</summary>
    public abstract string Target { get; init; }

    /// <summary>A folder or file, shown elsewhere or at its own path.</summary>
    /// <param name="Target">Where it is shown.</param>
    /// <param name="Source">What is shown.</param>
    /// <param name="IsWritable">Whether it may be written.</param>
    public sealed record Bind(string Target, string Source, bool IsWritable) : BoxMount;

    /// <summary>Layers that are seen as one writable folder; what is written lies in the upper one.</summary>
    /// <param name="Target">Where it is shown.</param>
    /// <param name="Lowers">The layers that are only read, the topmost first.</param>
    /// <param name="Upper">Where writes go.</param>
    /// <param name="Work">An empty folder on the same file system as <paramref name="Upper"/>, for the kernel.</param>
    public sealed record Overlay(string Target, ValueList<string> Lowers, string Upper, string Work) : BoxMount
    {
        /// <summary>Whether what is written is on the disk when the command ends, and <c>fsync</c> in it means something. That takes as long as the disk takes for all that waits in its file system.</summary>
        public bool IsLasting { get; init; }
    }
}

/// <summary>What came of a boxed command.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">Its exit code; -1 when it did not end by itself.</param>
/// <param name="Seconds">How long it ran, in seconds.</param>
/// <param name="Output">Both streams in the order in which they came; of a very long output the beginning and the end.</param>
public sealed record BoxResult(CommandEnd End, int ExitCode, double Seconds, string Output);
