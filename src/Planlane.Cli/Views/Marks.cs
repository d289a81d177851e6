using Planlane.Agents;
using Planlane.Cli.Output;
using Planlane.Reports;

namespace Planlane.Cli.Views;

/// <summary>The states of tasks in a word, with their mark and colour.</summary>
internal static class Marks
{
    public static Phrase OfTask(Glyphs glyphs, TaskState task) => task switch
    {
        { Report: { } report } => OfReport(glyphs, report),
        { Turns.Count: 0 } => Ink.Alert("NOT STARTED"),
        _ => Ink.Alert("NOT FINISHED"),
    };

    public static Phrase OfReport(Glyphs glyphs, TaskReport report) => report.State switch
    {
        TaskReportState.Complete => Ink.Good($"{glyphs.Done}COMPLETE"),
        TaskReportState.Incomplete => Ink.Alert($"{glyphs.Warning}INCOMPLETE"),
        TaskReportState.Blocked => Ink.Alert($"{glyphs.Blocked}BLOCKED"),
        _ => Ink.Bad($"{glyphs.Failure}FAILED"),
    };
}
