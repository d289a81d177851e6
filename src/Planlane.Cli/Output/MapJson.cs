using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Cli.Output;

/// <summary>A map as JSON.</summary>
internal static class MapJson
{
    private const int MostRanked = 100;

    /// <summary>The map as one line of a stream; the ranking only with a request, the text only when it is asked for.</summary>
    public static object Of(RepositoryMap map, RunRequest request, bool withText) => new
    {
        Type = "map",
        map.Languages,
        map.Commands,
        map.Instructions,
        map.Unread,
        Files = map.Graph.Files.Count,
        Sources = map.Graph.Files.Count(file => file.Language is not null),
        Uses = map.Graph.Files.Sum(file => file.Uses.Count),
        Signatures = map.Graph.Files.Sum(file => file.Signatures.Count),
        Hubs = map.Graph.Files.Where(file => file.Hub is not null).Select(file => new { file.Path, Kind = file.Hub, Dependants = map.Graph.DependantsOf(file.Path).Count }),
        MostUsed = map.MostUsed.Select(path => new { Path = path, Dependants = map.Graph.DependantsOf(path).Count }),
        map.Tokens,
        map.Sections,
        Ranking = request.Goal.Length == 0 ? null : map.Ranking.Take(MostRanked).Select(file => new { file.Path, file.Words, file.Standing, file.Score, Shown = ShownAs(map, file.Path) }),
        map.Shown,
        map.Outlined,
        map.LeftOut,
        Text = withText ? map.Text : null,
    };

    private static string ShownAs(RepositoryMap map, RepoPath path) => map.Shown.Contains(path) ? "text" : map.Outlined.Contains(path) ? "declarations" : "no";
}
