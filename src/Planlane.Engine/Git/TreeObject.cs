using System.Text;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>The bytes of one tree object. Names are held byte for byte, one character a byte, as they need not be UTF-8.</summary>
internal static class TreeObject
{
    public static string Stored(string name) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name));

    public static string Shown(string stored) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(stored));

    public static Dictionary<string, (string Mode, ObjectId Id)> Parse(byte[] bytes, int idLength)
    {
        var entries = new Dictionary<string, (string, ObjectId)>();
        for (var at = 0; at < bytes.Length;)
        {
            var space = Array.IndexOf(bytes, (byte)' ', at);
            var end = Array.IndexOf(bytes, (byte)0, space);
            var mode = Encoding.ASCII.GetString(bytes, at, space - at).PadLeft(6, '0');
            var id = Convert.ToHexStringLower(bytes, end + 1, idLength);
            entries[Encoding.Latin1.GetString(bytes, space + 1, end - space - 1)] = (mode, new ObjectId(id));
            at = end + 1 + idLength;
        }

        return entries;
    }

    /// <summary>The object: its entries by their names' bytes, where a folder's name counts as if a slash stood behind it.</summary>
    public static byte[] Write(Dictionary<string, (string Mode, ObjectId Id)> entries)
    {
        using var bytes = new MemoryStream();
        foreach (var (name, (mode, id)) in entries.OrderBy(entry => entry.Value.Mode == FileModes.Folder ? entry.Key + "/" : entry.Key, StringComparer.Ordinal))
        {
            bytes.Write(Encoding.Latin1.GetBytes($"{mode.TrimStart('0')} {name}\0"));
            bytes.Write(Convert.FromHexString(id.Value));
        }

        return bytes.ToArray();
    }

    /// <summary>What <c>git mktree -z</c> reads: an entry a record.</summary>
    public static byte[] Listing(Dictionary<string, (string Mode, ObjectId Id)> entries)
    {
        var listing = new StringBuilder();
        foreach (var (name, (mode, id)) in entries)
            listing.Append(mode).Append(' ').Append(TypeOf(mode)).Append(' ').Append(id).Append('\t').Append(name).Append('\0');
        return Encoding.Latin1.GetBytes(listing.ToString());
    }

    private static string TypeOf(string mode) => mode switch
    {
        FileModes.Folder => "tree",
        FileModes.Submodule => "commit",
        _ => "blob",
    };
}
