using System.Text.Json;
using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>What a frozen base holds, as it was written.</summary>
/// <param name="Head">What the run is told; its folder is where it lay when it was written.</param>
/// <param name="Commit">The commit of the shadow repository.</param>
/// <param name="CommitPack">The pack with the commit's files, without its ending.</param>
/// <param name="Entries">The files with the stamps that they have in the base.</param>
internal sealed record BaseManifest(BaseFiles Head, ObjectId Commit, string CommitPack, IReadOnlyDictionary<string, BaseEntry> Entries)
{
    private const string FileName = "manifest";
    private const string FilesName = "files";

    /// <summary>Where the files of a base lie in its folder.</summary>
    public static string FilesIn(string folder) => Path.Combine(folder, FilesName);

    /// <summary>When a base was last used.</summary>
    public static DateTime UsedAt(string folder) => File.GetLastWriteTimeUtc(Path.Combine(folder, FileName));

    /// <summary>Says that a base is used now.</summary>
    public static void Touch(string folder, DateTimeOffset now) => File.SetLastWriteTimeUtc(Path.Combine(folder, FileName), now.UtcDateTime);

    /// <summary>Reads the manifest of a base; null when it has none that can be read.</summary>
    public static BaseManifest? Read(string folder)
    {
        try
        {
            using var reader = new BinaryReader(new BufferedStream(File.OpenRead(Path.Combine(folder, FileName)), 1 << 16));
            var head = JsonSerializer.Deserialize<BaseFiles>(reader.ReadString())! with { Folder = FilesIn(folder) };
            var (commit, pack, count) = (new ObjectId(reader.ReadString()), reader.ReadString(), reader.ReadInt32());
            var entries = new Dictionary<string, BaseEntry>(count);
            while (entries.Count < count)
            {
                var entry = ReadEntry(reader);
                entries[entry.Path] = entry;
            }

            return new BaseManifest(head, commit, pack, entries);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes it into the folder of a base.</summary>
    public void Write(string folder)
    {
        using var writer = new BinaryWriter(new BufferedStream(File.Create(Path.Combine(folder, FileName)), 1 << 16));
        writer.Write(JsonSerializer.Serialize(Head));
        writer.Write(Commit.Value);
        writer.Write(CommitPack);
        writer.Write(Entries.Count);
        foreach (var entry in Entries.Values)
            WriteEntry(writer, entry);
    }

    /// <summary>Whether every file still is as it was written.</summary>
    public bool IsWhole() =>
        File.Exists(Path.Combine(Head.Folder, ".git", "index")) && Entries.Values.AsParallel().All(entry => FileStamp.Of(Path.Combine(Head.Folder, entry.Path)) == entry.Stamp);

    private static BaseEntry ReadEntry(BinaryReader reader)
    {
        var (path, blob) = (reader.ReadString(), reader.ReadString());
        var stamp = new FileStamp((EntryKind)reader.ReadByte(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64());
        return new BaseEntry(path, stamp, blob.Length == 0 ? null : new ObjectId(blob), reader.ReadBoolean());
    }

    private static void WriteEntry(BinaryWriter writer, BaseEntry entry)
    {
        writer.Write(entry.Path);
        writer.Write(entry.Blob?.Value ?? "");
        writer.Write((byte)entry.Stamp.Kind);
        writer.Write(entry.Stamp.Mode);
        writer.Write(entry.Stamp.Size);
        writer.Write(entry.Stamp.Nanoseconds);
        writer.Write(entry.IsStored);
    }
}
