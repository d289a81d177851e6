using System.Globalization;
using Planlane.Values;
using Spectre.Console;

namespace Planlane.Cli.Output;

/// <summary>The styles of the views, all from the sixteen colours that a user's terminal theme defines.</summary>
internal static class Ink
{
    private static readonly Color[] Agents = [Color.Teal, Color.Purple, Color.Blue, Color.Olive, Color.Aqua, Color.Fuchsia];

    public static Phrase Strong(string text) => new(text, new Style(decoration: Decoration.Bold));

    public static Phrase Faint(string text) => new(text, new Style(decoration: Decoration.Dim));

    public static Phrase Title(string text) => new(text, new Style(Color.Aqua, decoration: Decoration.Bold));

    public static Phrase Good(string text) => new(text, new Style(Color.Green, decoration: Decoration.Bold));

    public static Phrase Bad(string text) => new(text, new Style(Color.Red, decoration: Decoration.Bold));

    public static Phrase Alert(string text) => new(text, new Style(Color.Yellow, decoration: Decoration.Bold));

    public static Phrase Added(string text) => new(text, new Style(Color.Green));

    public static Phrase Removed(string text) => new(text, new Style(Color.Red));

    /// <summary>An agent's name in brackets; the colour follows its number, so that its lines are found among those of others.</summary>
    public static Phrase Agent(AgentId agent) => Name(agent, $"[{agent}]");

    /// <summary>A text in an agent's colour.</summary>
    public static Phrase Name(AgentId agent, string text) => new(text, new Style(Agents[NumberOf(agent) % Agents.Length], decoration: Decoration.Bold));

    private static int NumberOf(AgentId agent) =>
        int.TryParse(agent.Value.AsSpan(agent.Value.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 + Agents.Length : Agents.Length;
}
