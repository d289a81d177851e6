using System.Text;
using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Chooses which files a map shows whole and which only as declarations, so that they fit in the room that is left.</summary>
/// <param name="ranking">The files that can be shown, the most relevant first.</param>
/// <param name="graph">What they declare and use.</param>
/// <param name="bytesOf">The size of a file.</param>
/// <param name="textOf">The text of a file; null when it is none.</param>
internal sealed class MapPacker(
    IReadOnlyList<RankedFile> ranking, CodeGraph graph, Func<RepoPath, long> bytesOf, Func<RepoPath, CancellationToken, Task<string?>> textOf)
{
    // The rest is for declarations: a planner needs what the next files offer more than how they do it.
    private const double WholeShare = 0.65;

    // One long file would otherwise stand for all others; of it the declarations are shown.
    private const double LargestShare = 0.15;
    private const int LargestTokens = 1_500;
    private const int MostProjects = 4;
    private const int MostSeeds = 30;
    private const double UnrelatedShare = 0.2;
    private const long MostFileBytes = 40_000;
    private const int FrameTokens = 20;

    private readonly StringBuilder _whole = new();
    private readonly StringBuilder _outlines = new();
    private readonly HashSet<RepoPath> _done = [];

    /// <summary>The files that are shown whole, in the order of their relevance.</summary>
    public List<RepoPath> Shown { get; } = [];

    /// <summary>The files of which the declarations are shown, in the order of their relevance.</summary>
    public List<RepoPath> Outlined { get; } = [];

    /// <summary>The texts of the files that are shown whole.</summary>
    public string Whole => _whole.ToString();

    /// <summary>The declarations of the others.</summary>
    public string Outlines => _outlines.ToString();

    /// <summary>Fills the room, in tokens: a small repository whole; else what the request points to, then the declarations of what is connected with it.</summary>
    public async Task PackAsync(int room, CancellationToken cancellationToken)
    {
        var all = ranking.Sum(file => (long)TokenCount.OfBytes(bytesOf(file.Path)) + FrameTokens);
        if (all <= room)
        {
            await ShowAsync(ranking, room, MostFileBytes, cancellationToken).ConfigureAwait(false);
            return;
        }

        var related = ranking.Where(file => file.Words > 0 || file.Standing > 0).ToList();
        related.InsertRange(0, ProjectsOf(related));
        var share = (int)(room * WholeShare);
        var left = room - share + await ShowAsync(related, share, (long)(Math.Max(share * LargestShare, LargestTokens) * TokenCount.BytesPerToken), cancellationToken).ConfigureAwait(false);
        left = Outline(related, left);
        left = await ShowAsync(related, left, MostFileBytes, cancellationToken).ConfigureAwait(false);
        await ShowAsync(ranking, Math.Min(left, (int)(room * UnrelatedShare)), MostFileBytes, cancellationToken).ConfigureAwait(false);
    }

    // How the projects of the first files are built, what they refer to, and which test framework they have.
    private List<RankedFile> ProjectsOf(List<RankedFile> related)
    {
        var projects = ranking.Where(file => HubFiles.OfPath(file.Path) is HubKind.Project).ToList();
        return [.. related.Where(file => file.Words > 0).Take(MostSeeds)
            .Select(file => projects.Where(project => project.Path.Folder.Length == 0 || file.Path.Value.StartsWith(project.Path.Folder + "/", StringComparison.Ordinal)).MaxBy(project => project.Path.Folder.Length))
            .OfType<RankedFile>().Distinct().Take(MostProjects)];
    }

    // The room that is left.
    private async Task<int> ShowAsync(IEnumerable<RankedFile> files, int room, long mostBytes, CancellationToken cancellationToken)
    {
        foreach (var path in files.Select(file => file.Path).Where(path => bytesOf(path) <= Math.Min(mostBytes, MostFileBytes)))
        {
            if (_done.Contains(path) || TokenCount.OfBytes(bytesOf(path)) + FrameTokens > room || await textOf(path, cancellationToken).ConfigureAwait(false) is not { } text)
                continue;
            var framed = "\n" + PromptText.Framed("file", $"path=\"{PromptText.Attribute(path.Value)}\"", text);
            if (TokenCount.Of(framed) > room)
                continue;
            room -= TokenCount.Of(framed);
            _whole.Append(framed);
            _done.Add(path);
            Shown.Add(path);
        }

        return room;
    }

    private int Outline(IEnumerable<RankedFile> files, int room)
    {
        foreach (var path in files.Select(file => file.Path).Where(path => !_done.Contains(path)))
        {
            if (room < FrameTokens)
                return room;
            if (graph.Find(path) is not { Signatures.Count: > 0 } file || "\n" + MapSections.Outline(file) is var outline && TokenCount.Of(outline) > room)
                continue;
            room -= TokenCount.Of(outline);
            _outlines.Append(outline);
            _done.Add(path);
            Outlined.Add(path);
        }

        return room;
    }
}
