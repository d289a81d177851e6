using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Values;
using Spectre.Console;

namespace Planlane.Cli.Live;

/// <summary>An agent's row: mark, name, what it does, lines, tokens, cost, age.</summary>
internal static class LiveRow
{
    private static readonly Style Selection = new(decoration: Decoration.Invert);

    public static LiveLine Of(LiveScene scene, LiveAgent agent, LiveColumns columns)
    {
        var (glyphs, isSelected) = (scene.Glyphs, agent.Task is { } task && task == scene.Selected);
        var name = LiveLine.Fitted(agent.Name, columns.Name, glyphs.Ellipsis);
        var line = LiveLine.Of(isSelected ? Ink.Strong("> ") : Mark(glyphs, agent.Group), isSelected ? new Phrase(name, Selection) : agent.Task is null ? Ink.Strong(name) : Ink.Name(new AgentId(agent.Name), name), " ");
        if (columns.Title > 0)
            line.Add(LiveLine.Fitted(agent.Title, columns.Title, glyphs.Ellipsis) + " ");
        line.Add(DoingOf(agent.Group, LiveLine.Fitted(agent.Doing, columns.Doing, glyphs.Ellipsis)));
        Right(line, columns.Lines, agent.Lines);
        Right(line, columns.Tokens, agent.Tokens > 0 ? LiveFigures.Short(agent.Tokens) : "");
        Right(line, columns.Cost, agent.Cost > Cost.Zero ? agent.Cost.ToString() : "");
        Right(line, columns.Age, agent.Begun is { } begun ? LiveFigures.Clock(scene.Now - begun) : "");
        return line;
    }

    // No meaning is carried by the mark alone: the groups are named.
    private static Phrase Mark(Glyphs glyphs, LiveGroup group) => group switch
    {
        LiveGroup.NeedsYou => Ink.Alert("! "),
        LiveGroup.Working => Ink.Good(glyphs == Glyphs.Plain ? "* " : "● "),
        _ => Ink.Faint(glyphs == Glyphs.Plain ? "  " : "○ "),
    };

    private static Phrase DoingOf(LiveGroup group, string text) => group switch
    {
        LiveGroup.NeedsYou => Ink.Alert(text),
        LiveGroup.Working => text,
        _ => Ink.Faint(text),
    };

    private static void Right(LiveLine line, int width, string text)
    {
        if (width > 0)
            line.Add(Ink.Faint(" " + new string(' ', Math.Max(0, width - LiveLine.CellsOf(text))) + text));
    }
}
