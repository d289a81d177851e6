using Planlane.Cli.Output;
using Planlane.Simulator.Behaviours;

namespace Planlane.Cli.Views;

/// <summary>What the simulator does because the API does it, by area.</summary>
internal static class BehavioursView
{
    public static void Write(Screen screen, IReadOnlyList<Behaviour> behaviours)
    {
        foreach (var area in behaviours.GroupBy(behaviour => (behaviour.Point, behaviour.Area)))
        {
            screen.Line(Ink.Strong($"{area.Key.Point}. {area.Key.Area}"));
            foreach (var behaviour in area)
            {
                screen.Hanging("  ", "  ", behaviour.Says);
                screen.Hanging("    ", "    ", Ink.Faint(string.Join(", ", new[] { behaviour.Certainty.ToString().ToLowerInvariant(), behaviour.Read, behaviour.Source, behaviour.Test }.Where(part => part.Length > 0))));
            }

            screen.Blank();
        }
    }
}
