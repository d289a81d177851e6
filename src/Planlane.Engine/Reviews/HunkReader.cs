using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Planlane.Git;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>Reads in which hunks two versions of a file differ. Git finds them; the user's settings of diffs do not change them, as their ids must stay.</summary>
/// <param name="repository">The repository.</param>
public sealed partial class HunkReader(GitRepository repository)
{
    /// <summary>Lines that are shown around a change.</summary>
    public const int Context = 3;

    private const int IdDigits = 8;

    /// <summary>The hunks as they are shown, with lines around each.</summary>
    /// <param name="before">The first version, or null for none.</param>
    /// <param name="after">The second version, or null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The hunks in the order of the file; empty when nothing differs, or one of the two is binary.</returns>
    public Task<ValueList<ReviewHunk>> ReadAsync(ObjectId? before, ObjectId? after, CancellationToken cancellationToken) => ReadAsync(before, after, Context, cancellationToken);

    /// <summary>The smallest hunks: changes that stand beside each other without a line between them.</summary>
    public Task<ValueList<ReviewHunk>> ReadFinelyAsync(ObjectId? before, ObjectId? after, CancellationToken cancellationToken) => ReadAsync(before, after, 0, cancellationToken);

    private async Task<ValueList<ReviewHunk>> ReadAsync(ObjectId? before, ObjectId? after, int context, CancellationToken cancellationToken)
    {
        if (before == after)
            return [];
        var empty = before is null || after is null ? await EmptyAsync(cancellationToken).ConfigureAwait(false) : default;
        var output = await repository.Cli.RunAsync(
            new GitCall(
                "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-color-moved", "--diff-algorithm=histogram", "--indent-heuristic", $"--unified={context}", "--inter-hunk-context=0",
                "--ws-error-highlight=none", "--output-indicator-new=+", "--output-indicator-old=-", "--output-indicator-context= ", (before ?? empty).Value, (after ?? empty).Value)
            {
                Settings = ["diff.suppressBlankEmpty=false", "diff.mnemonicPrefix=false"],
            },
            cancellationToken).ConfigureAwait(false);
        return Parse(Encoding.UTF8.GetString(output.Output));
    }

    // Stored and not only known by its name, as not every git takes the name of what it has not.
    private async Task<ObjectId> EmptyAsync(CancellationToken cancellationToken) =>
        new(await repository.Cli.TextAsync(new GitCall("hash-object", "-w", "--stdin", "--no-filters"), cancellationToken).ConfigureAwait(false));

    private static ValueList<ReviewHunk> Parse(string diff)
    {
        var found = new List<(Match Head, List<string> Lines)>();
        foreach (var line in diff.Split('\n'))
        {
            if (Head().Match(line) is { Success: true } head)
                found.Add((head, []));
            else if (found.Count > 0 && line.Length > 0)
                found[^1].Lines.Add(line);
        }

        var ids = new Dictionary<string, int>();
        return found.Select((hunk, index) => Of(index + 1, hunk.Head, hunk.Lines, ids)).ToValueList();
    }

    private static ReviewHunk Of(int number, Match head, List<string> lines, Dictionary<string, int> ids)
    {
        var changed = string.Join('\n', lines.Where(line => line[0] is '+' or '-'));
        var again = ids[changed] = ids.GetValueOrDefault(changed) + 1;
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(again == 1 ? changed : $"{changed}\n{again}")))[..IdDigits];
        return new ReviewHunk(number, id, Number(head, 1), Count(head, 2), Number(head, 3), Count(head, 4), head.Groups[5].Value.Trim(), lines.ToValueList());
    }

    private static int Number(Match head, int group) => int.Parse(head.Groups[group].Value, CultureInfo.InvariantCulture);

    private static int Count(Match head, int group) => head.Groups[group].Success ? Number(head, group) : 1;

    // No line of a file begins so in a diff: each has a mark before it.
    [GeneratedRegex(@"^@@ -([0-9]+)(?:,([0-9]+))? \+([0-9]+)(?:,([0-9]+))? @@(.*)", RegexOptions.CultureInvariant)]
    private static partial Regex Head();
}
