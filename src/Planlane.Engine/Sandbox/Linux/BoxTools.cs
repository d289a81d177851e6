namespace Planlane.Sandbox.Linux;

/// <summary>The programs that make a box, as absolute paths.</summary>
/// <param name="Bubblewrap">Makes the namespaces and the view of the files.</param>
/// <param name="Unshare">Makes the namespace in which layers are mounted; null where it is missing.</param>
/// <param name="Mount">Mounts layers; null where it is missing.</param>
internal sealed record BoxTools(string Bubblewrap, string? Unshare, string? Mount)
{
    /// <summary>The shell that runs commands and makes boxes.</summary>
    public const string Shell = "/bin/sh";

    /// <summary>Those of this machine; null without bubblewrap.</summary>
    public static BoxTools? Find(BoxHost host) =>
        SystemTools.Find("bwrap", host) is { } bubblewrap ? new BoxTools(bubblewrap, SystemTools.Find("unshare", host), SystemTools.Find("mount", host)) : null;
}
