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

    // What `git mktree -z --batch` reads: an entry a record, and an empty record after the last.
    public static byte[] Listing(Dictionary<string, (string Mode, ObjectId Id)> entries)
    {
        var listing = new StringBuilder();
        foreach (var (name, (mode, id)) in entries)
            listing.Append(mode).Append(' ').Append(TypeOf(mode)).Append(' ').Append(id).Append('\t').Append(name).Append('\0');
        return Encoding.Latin1.GetBytes(listing.Append('\0').ToString());
    }

    private static string TypeOf(string mode) => mode switch
    {
        FileModes.Folder => "tree",
        FileModes.Submodule => "commit",
        _ => "blob",
    };
}
