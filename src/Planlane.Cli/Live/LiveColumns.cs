namespace Planlane.Cli.Live;

/// <summary>The widths of the columns of agents' rows, the same in all of a frame; what has no room is left out, the least important first.</summary>
internal sealed class LiveColumns
{
    private const int LeastDoing = 24;
    private const int MostTitle = 44;
    private const int TitleFrom = 110;
    private const int Gap = 1;

    public LiveColumns(LiveScene scene, IReadOnlyList<LiveAgent> agents)
    {
        Name = agents.Select(agent => LiveLine.CellsOf(agent.Name)).DefaultIfEmpty(0).Max();
        var room = scene.Width - 2 - Name - Gap;
        Age = Taken(ref room, Width(agents, agent => agent.Begun is { } begun ? LiveFigures.Clock(scene.Now - begun) : ""));
        Cost = Taken(ref room, Width(agents, agent => agent.Cost > Budgets.Cost.Zero ? agent.Cost.ToString() : ""));
        Lines = Taken(ref room, Width(agents, agent => agent.Lines));
        Tokens = Taken(ref room, Width(agents, agent => agent.Tokens > 0 ? LiveFigures.Short(agent.Tokens) : ""));
        if (scene.Width >= TitleFrom)
            Title = Taken(ref room, Math.Min(MostTitle, Width(agents, agent => agent.Title)));
        Doing = Math.Max(0, room);
    }

    public int Name { get; }

    public int Title { get; }

    public int Doing { get; }

    public int Lines { get; }

    public int Tokens { get; }

    public int Cost { get; }

    public int Age { get; }

    private static int Width(IReadOnlyList<LiveAgent> agents, Func<LiveAgent, string> text) => agents.Where(agent => agent.Group is not LiveGroup.Ended).Select(agent => LiveLine.CellsOf(text(agent))).DefaultIfEmpty(0).Max();

    private static int Taken(ref int room, int width)
    {
        if (width == 0 || room - width - Gap < LeastDoing)
            return 0;
        room -= width + Gap;
        return width;
    }
}
