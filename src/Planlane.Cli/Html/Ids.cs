using System.Globalization;
using Planlane.Agents;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Html;

/// <summary>Ids and classes of a page, made of numbers and never of texts.</summary>
internal static class Ids
{
    private const int Colours = 6;

    /// <summary>A commit as people name it.</summary>
    public static string Short(ObjectId id) => id.Value.Length > 7 ? id.Value[..7] : id.Value;

    /// <summary>The part of the page that shows a task's work.</summary>
    public static string Of(RunState state, TaskState task) => $"agent-{PlaceOf(state, task.Id) + 1}";

    /// <summary>The class of a task's colour.</summary>
    public static string ColourOf(RunState state, TaskId task) => $"c{Math.Max(0, PlaceOf(state, task)) % Colours}";

    /// <summary>A length or place in a drawing.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private static int PlaceOf(RunState state, TaskId id) => state.Tasks.Index().FirstOrDefault(task => task.Item.Id == id, (-1, null!)).Index;
}
