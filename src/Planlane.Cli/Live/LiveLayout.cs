using Planlane.Cli.Output;

namespace Planlane.Cli.Live;

/// <summary>The lines of the live view; pure.</summary>
internal static class LiveLayout
{
    // What a group shows at least when there is not room for all.
    private const int LeastRows = 1;

    /// <summary>The lines, none wider than <see cref="LiveScene.Width"/>, and at most <see cref="LiveScene.Height"/>.</summary>
    public static IReadOnlyList<LiveLine> Of(LiveScene scene)
    {
        var agents = LiveAgent.Of(scene);
        List<LiveLine> lines = [.. LiveHeader.Of(scene, agents)];
        var footer = Footer(scene);
        var room = scene.Height - lines.Count - (footer is null ? 0 : 1);
        lines.AddRange(scene is { IsPeeking: true, Selected: { } selected } && agents.FirstOrDefault(agent => agent.Task == selected) is { } peeked
            ? Peeked(scene, peeked, room)
            : Groups(scene, agents, room));
        if (footer is not null)
            lines.Add(footer);
        return [.. lines.Take(scene.Height).Select(line => line.Within(scene.Width, scene.Glyphs.Ellipsis))];
    }

    /// <summary>The agents in the order in which they are shown and can be selected.</summary>
    public static IReadOnlyList<LiveAgent> Selectable(LiveScene scene) => [.. LiveAgent.Of(scene).Where(agent => agent is { Task: not null, Group: not LiveGroup.Ended })];

    private static IEnumerable<LiveLine> Peeked(LiveScene scene, LiveAgent agent, int room)
    {
        yield return LiveRow.Of(scene, agent, new LiveColumns(scene, [agent]));
        foreach (var line in LivePeek.Of(scene, agent, room - 1))
            yield return line;
    }

    private static IEnumerable<LiveLine> Groups(LiveScene scene, IReadOnlyList<LiveAgent> agents, int room)
    {
        var groups = agents.GroupBy(agent => agent.Group).Where(group => group.Key is not LiveGroup.Ended).Select(group => group.ToList()).ToList();
        var ended = agents.Where(agent => agent.Group is LiveGroup.Ended).ToList();
        var rows = Shared(groups, room - groups.Count - (ended.Count > 0 ? 1 : 0));
        var columns = new LiveColumns(scene, agents);
        for (var i = 0; i < groups.Count; i++)
        {
            var shown = Window(groups[i], rows[i], scene);
            yield return Label(scene, groups[i], groups[i].Count - shown.Count);
            foreach (var agent in shown)
                yield return LiveRow.Of(scene, agent, columns);
        }

        if (ended.Count > 0)
            yield return Ended(scene, ended);
    }

    // Room is given first to those who must act first, but to each group at least a little.
    private static int[] Shared(List<List<LiveAgent>> groups, int room)
    {
        var rows = groups.Select(group => Math.Min(LeastRows, group.Count)).ToArray();
        for (var i = groups.Count - 1; i >= 0 && rows.Sum() > Math.Max(0, room); i--)
            rows[i] = 0;
        for (var i = 0; i < groups.Count; i++)
            rows[i] += Math.Clamp(room - rows.Sum(), 0, groups[i].Count - rows[i]);
        return rows;
    }

    // The part of a group that is shown; the selected agent is in it.
    private static List<LiveAgent> Window(List<LiveAgent> group, int rows, LiveScene scene)
    {
        var selected = group.FindIndex(agent => agent.Task is { } task && task == scene.Selected);
        var first = Math.Clamp(selected - rows + 1, 0, Math.Max(0, group.Count - rows));
        return group.GetRange(first, Math.Min(rows, group.Count));
    }

    private static LiveLine Label(LiveScene scene, List<LiveAgent> group, int hidden)
    {
        var (kind, count) = (group[0].Group, group.Count);
        var agents = group.Count(agent => agent.Task is not null);
        var words = kind switch
        {
            LiveGroup.NeedsYou => Ink.Alert($"NEEDS YOU {count}"),
            LiveGroup.Working when agents > 0 => Ink.Good($"WORKING {agents} of {Figures.Counted(scene.State.Settings.Slots, "slot")}"),
            LiveGroup.Working => Ink.Good("WORKING"),
            _ => Ink.Strong($"WAITING {count}"),
        };
        return LiveLine.Of(words, Ink.Faint(hidden > 0 ? $"{scene.Glyphs.Dot}{hidden} more not shown" : ""));
    }

    private static LiveLine Ended(LiveScene scene, List<LiveAgent> ended)
    {
        var complete = ended.Count(agent => agent.Doing == "complete");
        var others = ended.Count - complete;
        return LiveLine.Of(Ink.Strong($"ENDED {ended.Count}"), Ink.Faint($"{scene.Glyphs.Dot}{complete} complete{(others > 0 ? $", {others} not" : "")}"));
    }

    private static LiveLine? Footer(LiveScene scene) => scene switch
    {
        { Message: { } message } => LiveLine.Of(Ink.Alert(message)),
        { IsStopping: true } => LiveLine.Of(Ink.Alert("Stopping: "), "answers that are being paid for are taken. Ctrl-C again stops at once."),
        { State.IsPaused: true, Keys.Length: > 0 } => LiveLine.Of(Ink.Alert("PAUSED "), Ink.Faint(scene.Keys)),
        { Keys.Length: > 0 } => LiveLine.Of(Ink.Faint(scene.Keys)),
        _ => null,
    };
}
