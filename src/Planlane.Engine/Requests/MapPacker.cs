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

    // What the request names comes first and may take half of the room; of a file that is too long for its part the beginning is shown.
    private const double NamedShare = 0.5;

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

    /// <summary>Fills the room, in tokens: what the request names, whatever it is; then a small repository whole; else what the request points to, then the declarations of what is connected with it.</summary>
    public async Task PackAsync(int room, CancellationToken cancellationToken)
    {
        room = await ShowNamedAsync(room, cancellationToken).ConfigureAwait(false);
        var all = ranking.Where(file => !_done.Contains(file.Path)).Sum(file => (long)TokenCount.OfBytes(bytesOf(file.Path)) + FrameTokens);
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

    // The room that is left.
    private async Task<int> ShowNamedAsync(int room, CancellationToken cancellationToken)
    {
        var named = ranking.Where(file => file.IsNamed).ToList();
        var share = named.Count == 0 ? 0 : (int)(room * NamedShare) / named.Count;
        foreach (var path in named.Select(file => file.Path))
            if (await textOf(path, cancellationToken).ConfigureAwait(false) is { } text)
                room -= Show(path, Beginning(text, share - FrameTokens));
        return room;
    }

    // Whole lines as far as they fit.
    private static string Beginning(string text, int tokens)
    {
        if (TokenCount.Of(text) <= tokens)
            return text;
        var end = text.LastIndexOf('\n', Math.Min(text.Length - 1, Math.Max(1, (int)(tokens * TokenCount.BytesPerToken))));
        return $"{text[..Math.Max(0, end)]}\n… the rest is left out, {TokenCount.Of(text)} tokens in all\n";
    }

    // The tokens that it takes.
    private int Show(RepoPath path, string text)
    {
        var framed = Framed(path, text);
        _whole.Append(framed);
        _done.Add(path);
        Shown.Add(path);
        return TokenCount.Of(framed);
    }

    private static string Framed(RepoPath path, string text) => "\n" + PromptText.Framed("file", $"path=\"{PromptText.Attribute(path.Value)}\"", text);

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
            if (TokenCount.Of(Framed(path, text)) > room)
                continue;
            room -= Show(path, text);
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
