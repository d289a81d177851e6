using Planlane.Sandbox;
using Planlane.Values;

namespace Planlane.Workspaces.Bases;

/// <summary>Where setup commands run and what becomes of what they write.</summary>
/// <param name="root">The root of the user's work tree.</param>
/// <param name="folder">The setup's own folder.</param>
/// <param name="manifest">The frozen base.</param>
internal abstract class SetupPlace(string root, string folder, BaseManifest manifest)
{
    /// <summary>The root of the user's work tree.</summary>
    protected string Root => root;

    /// <summary>The setup's own folder.</summary>
    protected string Own => folder;

    /// <summary>The frozen base.</summary>
    protected BaseManifest Manifest => manifest;

    /// <summary>Where the commands see the files.</summary>
    protected abstract string Seen { get; }

    /// <summary>Whether commands see the files at the root of the user's work tree.</summary>
    public bool IsAtRoot => Seen == root;

    /// <summary>What is shown to the commands.</summary>
    protected abstract ValueList<BoxMount> Mounts { get; }

    /// <summary>A command, ready to be run here.</summary>
    public BoxedCommand Boxed(string command, string temporary, WorkspacePolicy policy, IEnumerable<string> gits, TimeSpan limit) => new(command, Seen, temporary, limit)
    {
        Mounts = Mounts,
        Readable = IsAtRoot ? [] : [.. manifest.Head.Shared.Select(shared => shared.Source)],
        Variables = policy.Environment,
        Network = policy.Network,
        Hosts = policy.Hosts,
        Hidden = [.. gits, .. manifest.Head.Masked.Select(path => Path.Combine(Seen, path.Value))],
    };

    /// <summary>The base with what the commands wrote. What they changed of tracked files is put back: the trees of the run say what is in those.</summary>
    public abstract BaseFiles Result();

    /// <summary>The base's head with a remark for each path that was put back.</summary>
    protected BaseFiles With(IEnumerable<string> putBack) =>
        manifest.Head with { Remarks = manifest.Head.Remarks.AddRange(putBack.Order(StringComparer.Ordinal).Select(path => new BaseRemark(new RepoPath(path), RemarkKind.PutBack))) };
}
