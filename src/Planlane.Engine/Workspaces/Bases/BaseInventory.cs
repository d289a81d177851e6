using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Workspaces.Bases;

/// <summary>A file or link of a base.</summary>
/// <param name="Path">Where, from the root.</param>
/// <param name="Stamp">The stamp of the user's file; of a stored one only kind and mode are known.</param>
/// <param name="Blob">The blob, when it is tracked.</param>
/// <param name="IsStored">Whether it is taken from the object database, as the user's file is not what the tree says.</param>
internal sealed record BaseEntry(string Path, FileStamp Stamp, ObjectId? Blob, bool IsStored);

/// <summary>Everything that a base is to hold, read before anything is written.</summary>
/// <param name="Start">Commit, tree and branch.</param>
/// <param name="Entries">The files and links.</param>
/// <param name="Settings">What the shadow repository says.</param>
internal sealed record BaseInventory(RunBase Start, IReadOnlyList<BaseEntry> Entries, ShadowSettings Settings)
{
    // Part of the name: a base that an older form of this code made is not taken for ours.
    private const string Form = "1";

    /// <summary>Folders that are there though nothing may be in them: submodules, and the places of shared folders.</summary>
    public ValueList<string> Folders { get; init; } = [];

    /// <summary>The folders to share.</summary>
    public ValueList<SharedFolder> Shared { get; init; } = [];

    /// <summary>The secrets below them.</summary>
    public ValueList<RepoPath> Masked { get; init; } = [];

    /// <summary>What is told to the user.</summary>
    public ValueList<BaseRemark> Remarks { get; init; } = [];

    /// <summary>The base's name: the tree, and a hash of all else that it is made from.</summary>
    public string Name()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, $"{Form}\0{Start.Commit}\0{Start.Branch}\0{Settings.Config}\0{Settings.Exclude}\0{Settings.Attributes}");
        foreach (var entry in Entries)
            Add(hash, entry.IsStored ? $"{entry.Path}\0{entry.Blob}\0{entry.Stamp.Mode}" : $"{entry.Path}\0{entry.Blob}\0{entry.Stamp}");
        foreach (var folder in Folders)
            Add(hash, folder);
        foreach (var shared in Shared)
            Add(hash, $"{shared.Path}\0{shared.Source}");
        foreach (var remark in Remarks)
            Add(hash, $"{remark.Path}\0{remark.Kind}");
        return $"{Start.Tree.Value[..12]}-{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8))}";
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length) + 1);
        var count = Encoding.UTF8.GetBytes(text, bytes);
        bytes[count] = (byte)'\n';
        hash.AppendData(bytes, 0, count + 1);
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
