using System.Globalization;
using System.Text;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>The modes that git gives to the entries of a tree.</summary>
public static class FileModes
{
    /// <summary>A file.</summary>
    public const string File = "100644";

    /// <summary>A file that can be executed.</summary>
    public const string Executable = "100755";

    /// <summary>A symbolic link; the blob holds its target.</summary>
    public const string SymbolicLink = "120000";

    /// <summary>A submodule; the id is a commit of another repository.</summary>
    public const string Submodule = "160000";

    /// <summary>What a side of a difference says where there is nothing.</summary>
    public const string None = "000000";

    internal const string Folder = "040000";
}

/// <summary>An entry of a tree that is no folder.</summary>
/// <param name="Mode">One of <see cref="FileModes"/>.</param>
/// <param name="Id">The blob; the commit of a submodule.</param>
/// <param name="Size">The size in bytes as stored; null for a submodule.</param>
public sealed record TreeEntry(string Mode, ObjectId Id, long? Size);

/// <summary>A path at which two trees differ.</summary>
/// <param name="Path">Where. A rename is a deletion and an addition.</param>
/// <param name="Status">A (added), M (modified, also only in mode or type) or D (deleted).</param>
/// <param name="OldMode">The mode on the first side; <see cref="FileModes.None"/> when added.</param>
/// <param name="NewMode">The mode on the second side; <see cref="FileModes.None"/> when deleted.</param>
/// <param name="OldId">The blob on the first side; null when added.</param>
/// <param name="NewId">The blob on the second side; null when deleted.</param>
/// <param name="Added">Lines added; null for a binary file.</param>
/// <param name="Deleted">Lines deleted; null for a binary file.</param>
public sealed record TreeDifference(
    RepoPath Path, char Status, string OldMode, string NewMode, ObjectId? OldId, ObjectId? NewId, int? Added, int? Deleted);

/// <summary>A line that a search found.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Text">The line, cut after 500 characters.</param>
public sealed record GrepHit(RepoPath Path, int Line, string Text);

/// <summary>What a search found.</summary>
/// <param name="Hits">The lines found, by path and line.</param>
/// <param name="Truncated">True when there are more than the limit allowed.</param>
/// <param name="Problem">Why the pattern or the paths were not understood; null when they were.</param>
public sealed record GrepAnswer(ValueList<GrepHit> Hits, bool Truncated, string? Problem);

/// <summary>Reads tree objects, without a work tree, and compares them.</summary>
public static class GitTrees
{
    private const int LongestLine = 500;

    /// <summary>What makes <c>git diff-tree</c> say what <see cref="DifferencesIn"/> reads.</summary>
    internal static readonly string[] StatOptions = ["-r", "-z", "--raw", "--numstat", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv"];

    /// <summary>All files, links and submodules of a tree (or of a commit's tree), by path. Names that are not UTF-8 are shown with U+FFFD.</summary>
    public static async Task<IReadOnlyDictionary<RepoPath, TreeEntry>> ListTreeAsync(
        this GitRepository repository, ObjectId tree, CancellationToken cancellationToken)
    {
        var output = await repository.Cli.RunAsync(new GitCall("ls-tree", "-r", "-z", "-l", "--full-tree", tree.Value), cancellationToken).ConfigureAwait(false);
        var entries = new Dictionary<RepoPath, TreeEntry>();
        foreach (var record in output.Records)
        {
            var tab = record.IndexOf('\t', StringComparison.Ordinal);
            var fields = record[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var size = long.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : (long?)null;
            entries[new RepoPath(record[(tab + 1)..])] = new TreeEntry(fields[0], new ObjectId(fields[2]), size);
        }

        return entries;
    }

    /// <summary>Where two trees differ and by how many lines, by path; no external diff and no text conversion runs.</summary>
    public static async Task<ValueList<TreeDifference>> DiffStatAsync(
        this GitRepository repository, ObjectId treeA, ObjectId treeB, CancellationToken cancellationToken)
    {
        var output = await repository.Cli.RunAsync(new GitCall(["diff-tree", .. StatOptions, treeA.Value, treeB.Value]), cancellationToken).ConfigureAwait(false);
        return DifferencesIn(output.Records);
    }

    /// <summary>Reads what <c>git diff-tree</c> said of two trees.</summary>
    internal static ValueList<TreeDifference> DifferencesIn(IEnumerable<string> said)
    {
        var records = new Queue<string>(said.Where(record => record.Length > 0));
        var raw = new List<(RepoPath Path, string[] Fields)>();
        while (records.TryPeek(out var record) && record[0] == ':')
            raw.Add((new RepoPath(records.ElementAt(1)), Taken(records)));

        var counts = records.Select(record => record.Split('\t', 3)).ToDictionary(fields => new RepoPath(fields[2]));
        return raw.Select(entry => Difference(entry.Path, entry.Fields, counts.GetValueOrDefault(entry.Path))).OrderBy(entry => entry.Path).ToValueList();
    }

    /// <summary>Searches the text files of a tree.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="pattern">A POSIX extended regular expression.</param>
    /// <param name="pathspecs">What to be limited to, as git pathspecs from the root; empty for all.</param>
    /// <param name="limit">How many lines to find at most.</param>
    /// <param name="cancellationToken">Stops git.</param>
    public static async Task<GrepAnswer> GrepAsync(
        this GitRepository repository, ObjectId tree, string pattern, IReadOnlyList<string> pathspecs, int limit, CancellationToken cancellationToken)
    {
        await using var process = repository.Cli.Start(new GitCall(["grep", "-z", "-n", "-I", "-E", "--full-name", "--no-textconv", "-e", pattern, tree.Value, "--", .. pathspecs]));
        var hits = new List<GrepHit>();
        try
        {
            process.CloseInput();
            // A name may hold a line break, so a line of output is no unit.
            while (await process.ReadToAsync(0, cancellationToken).ConfigureAwait(false) is { } name)
            {
                if (hits.Count == limit)
                {
                    process.Kill();
                    return new GrepAnswer(hits.ToValueList(), true, null);
                }

                var number = await process.ReadToAsync(0, cancellationToken).ConfigureAwait(false) ?? [];
                var text = await process.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? [];
                hits.Add(Hit(Encoding.UTF8.GetString(name)[(tree.Value.Length + 1)..], Encoding.UTF8.GetString(number), Encoding.UTF8.GetString(text)));
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        var (exitCode, error) = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new GrepAnswer(hits.ToValueList(), false, exitCode <= 1 ? null : error.Trim());
    }

    private static GrepHit Hit(string path, string number, string text) =>
        new(new RepoPath(path), int.Parse(number, CultureInfo.InvariantCulture), text.Length > LongestLine ? text[..LongestLine] : text);

    private static string[] Taken(Queue<string> records)
    {
        var fields = records.Dequeue()[1..].Split(' ');
        records.Dequeue();
        return fields;
    }

    private static TreeDifference Difference(RepoPath path, string[] raw, string[]? counts) => new(
        path,
        raw[4][0] is 'A' or 'D' ? raw[4][0] : 'M',
        raw[0],
        raw[1],
        IdOf(raw[2]),
        IdOf(raw[3]),
        Lines(counts?[0]),
        Lines(counts?[1]));

    private static ObjectId? IdOf(string id) => id.All(digit => digit == '0') ? null : new ObjectId(id);

    private static int? Lines(string? count) => int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var lines) ? lines : null;
}
