using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>A change to one path of a tree.</summary>
/// <param name="Path">The file or link.</param>
/// <param name="Blob">Its new content; null to delete it.</param>
/// <param name="Mode">One of <see cref="FileModes"/> that is no submodule; of no meaning for a deletion.</param>
public sealed record TreeChange(RepoPath Path, ObjectId? Blob, string Mode);

/// <summary>Makes a tree from another one and changes to it, rewriting only the folders on their way.</summary>
/// <remarks>Cost grows with the folders that the changes touch, not with the tree. Nothing is checked out and no index is used.</remarks>
/// <param name="objects">Reads and writes the folders.</param>
public sealed class TreeWriter(GitObjects objects)
{
    /// <summary>Where it reads and writes.</summary>
    public GitObjects Objects { get; } = objects;

    /// <summary>Writes the changed tree. Deleting what is not there changes nothing.</summary>
    /// <exception cref="PlanlaneException">
    /// ChecksFailed: a path has a <see cref="RepoPath.Problem"/>, is named twice or lies in a submodule; a file would take the place of a folder (or a folder of a file)
    /// that is not deleted by the same changes; or a new name differs from another one only in case or Unicode form.
    /// </exception>
    public async Task<ObjectId> WriteTreeAsync(ObjectId baseTree, IEnumerable<TreeChange> changes, CancellationToken cancellationToken)
    {
        var root = Node.Of(changes);
        return await ApplyAsync(baseTree, root, "", cancellationToken).ConfigureAwait(false) ?? await Objects.WriteTreeAsync([], cancellationToken).ConfigureAwait(false);
    }

    private async Task<ObjectId?> ApplyAsync(ObjectId? tree, Node node, string folder, CancellationToken cancellationToken)
    {
        var entries = tree is { } id ? TreeObject.Parse(await Objects.ReadAsync(id, "tree", cancellationToken).ConfigureAwait(false), id.Value.Length / 2) : [];
        var before = entries.Keys.ToHashSet();
        foreach (var (name, child) in node.Children)
        {
            var existing = entries.GetValueOrDefault(name);
            if (existing.Mode == FileModes.Submodule)
                throw Refused(child.Path(folder, name), "lies in a submodule");
            var isFolder = existing.Mode == FileModes.Folder;
            var below = isFolder ? existing.Id : (ObjectId?)null;
            if (child.Children.Count > 0)
            {
                if (existing.Mode is not null && !isFolder && child.Writes && child.Change is not { Blob: null })
                    throw Refused(child.Path(folder, name), "is a file, and would become a folder without being deleted");
                below = await ApplyAsync(below, child, child.Path(folder, name), cancellationToken).ConfigureAwait(false);
            }

            if (child.Change is { Blob: { } blob, Mode: var mode })
                entries[name] = below is null ? (mode, blob) : throw Refused(child.Path(folder, name), "is a folder with files that are not deleted");
            else if (below is { } folderTree)
                entries[name] = child.Change is null || child.Writes ? (FileModes.Folder, folderTree) : throw Refused(child.Path(folder, name), "is a folder; name its files");
            else if (isFolder || child.Change is not null)
                entries.Remove(name);
        }

        RefuseTwins(entries.Keys, before, folder);
        return entries.Count == 0 ? null : await Objects.WriteTreeAsync(entries, cancellationToken).ConfigureAwait(false);
    }

    // Only what we add is refused: twins that the user already has are the user's business.
    private static void RefuseTwins(IEnumerable<string> names, HashSet<string> before, string folder)
    {
        if (NameTwins.FirstAdded([.. names.Select(TreeObject.Shown)], name => !before.Contains(TreeObject.Stored(name))) is { } added)
            throw Refused(Node.Joined(folder, added), "differs from another name only in case or Unicode form");
    }

    private static PlanlaneException Refused(string path, string why) => new(FaultKind.ChecksFailed, $"The change of {path} is refused: it {why}.");

    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = [];

        public TreeChange? Change { get; private set; }

        // True when something below is written, not only deleted.
        public bool Writes { get; private set; }

        public static Node Of(IEnumerable<TreeChange> changes)
        {
            var root = new Node();
            foreach (var change in changes)
            {
                if (change.Path.Problem is { } problem)
                    throw Refused(change.Path.Value, problem);
                if (change is { Blob: not null, Mode: not (FileModes.File or FileModes.Executable or FileModes.SymbolicLink) })
                    throw Refused(change.Path.Value, $"has the mode {change.Mode}");
                root.Add(change);
            }

            return root;
        }

        public static string Joined(string folder, string name) => folder == "" ? name : $"{folder}/{name}";

        public string Path(string folder, string name) => Change?.Path.Value ?? Joined(folder, TreeObject.Shown(name));

        private void Add(TreeChange change)
        {
            var node = this;
            foreach (var part in change.Path.Value.Split('/'))
            {
                node.Writes |= change.Blob is not null;
                var name = TreeObject.Stored(part);
                node = node.Children.TryGetValue(name, out var child) ? child : node.Children[name] = new Node();
            }

            node.Change = node.Change is null ? change : throw Refused(change.Path.Value, "is named twice");
        }
    }
}
