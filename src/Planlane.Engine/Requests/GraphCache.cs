using System.Security.Cryptography;
using System.Text;
using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>The whole graphs of a few trees, so that one that was mapped before is read in one go.</summary>
/// <param name="folder">Where they lie.</param>
/// <param name="languages">The languages that take part; another set, or another build of this program, has graphs of its own.</param>
internal sealed class GraphCache(string folder, IReadOnlyList<ISourceLanguage> languages)
{
    private const int MostGraphs = 8;

    private readonly string _maker = MakerOf(languages);

    /// <summary>The graph of a tree, or null when it is not kept.</summary>
    public CodeReading? Read(ObjectId tree)
    {
        if (SealedFile.Read(Path.Combine(folder, NameOf(tree))) is not { } content)
            return null;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(content.Array!, content.Offset, content.Count, writable: false), Encoding.UTF8);
            return Read(reader);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Keeps the graph of a tree, and drops the oldest ones.</summary>
    public void Write(ObjectId tree, CodeReading reading)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        Write(writer, reading);
        writer.Flush();
        SealedFile.Write(folder, _ => NameOf(tree), bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        foreach (var old in SealedFile.List(folder, "graph-*.bin").Skip(MostGraphs))
            SealedFile.Delete(old.FullName);
    }

    private string NameOf(ObjectId tree) => $"graph-{tree}-{_maker}.bin";

    // The rules of hubs and links are code: a graph of another build might say something else.
    private static string MakerOf(IReadOnlyList<ISourceLanguage> languages)
    {
        var builds = new[] { typeof(CodeGraph), typeof(GraphCache) }.Select(type => type.Module.ModuleVersionId.ToString());
        var text = string.Join('\n', builds.Concat(languages.Select(ReadingKey.ReaderOf)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }

    private static void Write(BinaryWriter writer, CodeReading reading)
    {
        var (files, unread) = (reading.Graph.Files, reading.Unread);
        var numbers = files.Select((file, number) => (file.Path, number)).ToDictionary(file => file.Path, file => file.number);
        writer.Write7BitEncodedInt(unread.Binary);
        writer.Write7BitEncodedInt(unread.Generated);
        writer.Write7BitEncodedInt(unread.Large);
        writer.Write7BitEncodedInt(files.Count);
        foreach (var file in files)
        {
            writer.Write(file.Path.Value);
            writer.Write(file.Language ?? "");
            writer.Write7BitEncodedInt(file.Hub is { } hub ? (int)hub + 1 : 0);
            writer.Write7BitEncodedInt(file.Uses.Count);
            foreach (var used in file.Uses)
                writer.Write7BitEncodedInt(numbers[used]);
            writer.Write7BitEncodedInt(file.Signatures.Count);
            foreach (var signature in file.Signatures)
            {
                writer.Write(signature.Name);
                writer.Write(signature.Text);
                writer.Write7BitEncodedInt(signature.Line);
            }
        }
    }

    private static CodeReading Read(BinaryReader reader)
    {
        var unread = new UnreadSources(reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        var rows = new List<(RepoPath Path, string Language, int Hub, int[] Uses, Signature[] Signatures)>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var (path, language, hub) = (new RepoPath(reader.ReadString()), reader.ReadString(), reader.Read7BitEncodedInt());
            var uses = new int[reader.Read7BitEncodedInt()];
            for (var i = 0; i < uses.Length; i++)
                uses[i] = reader.Read7BitEncodedInt();
            var signatures = new Signature[reader.Read7BitEncodedInt()];
            for (var i = 0; i < signatures.Length; i++)
                signatures[i] = new Signature(reader.ReadString(), reader.ReadString(), reader.Read7BitEncodedInt());
            rows.Add((path, language.Length == 0 ? "" : string.Intern(language), hub, uses, signatures));
        }

        return new CodeReading(
            new CodeGraph(rows.Select(row => new SourceFile(
                row.Path,
                row.Language.Length == 0 ? null : row.Language,
                row.Uses.Select(number => rows[number].Path).ToValueList(),
                row.Signatures.ToValueList(),
                row.Hub == 0 ? null : (HubKind)(row.Hub - 1)))),
            unread);
    }
}
