using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Cli.Views;

/// <summary>What Planlane knows of a repository, and what a planner would be shown of it.</summary>
internal static class MapView
{
    private const int MostHubs = 10;
    private const int MostRanked = 15;

    /// <param name="screen">Where it is written.</param>
    /// <param name="map">The map.</param>
    /// <param name="request">What it was made for; an empty one shows no ranking.</param>
    /// <param name="areSet">Whether the user set the commands.</param>
    public static void Write(Screen screen, RepositoryMap map, RunRequest request, bool areSet)
    {
        WriteCode(screen, map);
        WriteCommands(screen, map.Commands, areSet);
        WriteInstructions(screen, map.Instructions);
        WriteHubs(screen, map);
        WriteMostUsed(screen, map);
        if (request.Goal.Length > 0)
            WriteRanking(screen, map);
        WriteSent(screen, map, request);
    }

    private static void WriteCode(Screen screen, RepositoryMap map)
    {
        var sources = map.Graph.Files.Count(file => file.Language is not null);
        screen.Line(
            Ink.Title("CODE"),
            $" {Figures.Counted(map.Graph.Files.Count, "file")}{screen.Glyphs.Dot}{Figures.Count(sources)} read as source{screen.Glyphs.Dot}{Figures.Counted(map.Graph.Files.Sum(file => file.Uses.Count), "use")}{screen.Glyphs.Dot}{Figures.Counted(map.Graph.Files.Sum(file => file.Signatures.Count), "public declaration")}");
        foreach (var share in map.Languages)
            screen.Line($"  {share.Language}: {Figures.Counted(share.Files, "file")}, {Figures.Count((share.Bytes + 999) / 1000)} kB");
        if (map.Unread.Count > 0)
            screen.Hanging("  ", "  ", Ink.Faint($"Not read: {map.Unread.Generated} generated or foreign, {map.Unread.Large} larger than 1 MB, {map.Unread.Binary} binary"));
    }

    private static void WriteCommands(Screen screen, ValueList<string> commands, bool areSet)
    {
        Head(screen, "COMMANDS");
        if (commands.Count == 0)
            screen.Line("  None recognised.");
        foreach (var command in commands)
            screen.Hanging("  ", "    ", command);
        screen.Hanging("  ", "  ", Ink.Faint(areSet
            ? $"Set by you in {SettingsSources.RepositoryFile}."
            : $"Recognised from the files. Set others in {SettingsSources.RepositoryFile}: {{\"checks\": {{\"build\": \"...\", \"test\": \"...\"}}}}"));
    }

    private static void WriteInstructions(Screen screen, ValueList<InstructionFile> files)
    {
        Head(screen, "INSTRUCTION FILES");
        if (files.Count == 0)
            screen.Line("  None.");
        foreach (var file in files)
            screen.Hanging("  ", "    ", file.Path.Value, Ink.Faint(file switch
            {
                { Tokens: 0 } => $"{screen.Glyphs.Dot}left out for want of room",
                { IsCut: true } => $"{screen.Glyphs.Dot}cut after {Figures.Counted(file.Tokens, "token")}",
                _ => $"{screen.Glyphs.Dot}{Figures.Counted(file.Tokens, "token")}",
            }));
    }

    private static void WriteHubs(Screen screen, RepositoryMap map)
    {
        Head(screen, "HUBS", " files that many parts touch; a plan gives each to one task");
        var hubs = map.Graph.Files.Where(file => file.Hub is not null).ToList();
        if (hubs.Count == 0)
            screen.Line("  None.");
        foreach (var kind in hubs.GroupBy(hub => hub.Hub!.Value).OrderBy(kind => kind.Key))
        {
            foreach (var hub in kind.OrderByDescending(hub => map.Graph.DependantsOf(hub.Path).Count).ThenBy(hub => hub.Path).Take(MostHubs))
                screen.Hanging("  ", "    ", hub.Path.Value, Ink.Faint($": {HubFiles.ReasonOf(kind.Key, map.Graph.DependantsOf(hub.Path).Count)}"));
            if (kind.Count() > MostHubs)
                screen.Line("  ", Ink.Faint($"{screen.Glyphs.Ellipsis} and {Figures.Count(kind.Count() - MostHubs)} more of this kind"));
        }
    }

    private static void WriteMostUsed(Screen screen, RepositoryMap map)
    {
        if (map.MostUsed.Count == 0)
            return;
        Head(screen, "MOST USED");
        foreach (var path in map.MostUsed)
            screen.Hanging("  ", "    ", path.Value, Ink.Faint($": {Figures.Counted(map.Graph.DependantsOf(path).Count, "file")}"));
    }

    private static void WriteRanking(Screen screen, RepositoryMap map)
    {
        Head(screen, "RANKING", " for the request; the planner is shown the first ones");
        foreach (var file in map.Ranking.Take(MostRanked))
            screen.Hanging("  ", "    ", FormattableString.Invariant($"{file.Score,5:0.0}  "), file.Path.Value, Ink.Faint(map.Shown.Contains(file.Path) ? $"{screen.Glyphs.Dot}text" : map.Outlined.Contains(file.Path) ? $"{screen.Glyphs.Dot}declarations" : ""));
        if (map.Ranking.Count > MostRanked)
            screen.Line("  ", Ink.Faint($"{screen.Glyphs.Ellipsis} and {Figures.Count(map.Ranking.Count - MostRanked)} more"));
    }

    private static void WriteSent(Screen screen, RepositoryMap map, RunRequest request)
    {
        Head(screen, "FOR THE PLANNER", $" about {Figures.Counted(map.Tokens, "token")} of at most {Figures.Count(RepositorySurvey.PlannerTokens)}");
        foreach (var section in map.Sections)
            screen.Line(FormattableString.Invariant($"  {Figures.Count(section.Tokens),7}  {section.Section}"));
        screen.Hanging("  ", "  ", $"{Figures.Counted(map.Shown.Count, "file")} whole, {Figures.Count(map.Outlined.Count)} as declarations, {Figures.Count(map.LeftOut)} left out");
        if (request.Goal.Length == 0)
            screen.Hanging("  ", "  ", Ink.Faint("See it for a request: planlane map \"REQUEST\"; read the text: --prompt"));
    }

    private static void Head(Screen screen, string title, string words = "")
    {
        screen.Blank();
        screen.Line(Ink.Title(title), Ink.Faint(words));
    }
}
