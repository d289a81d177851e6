using Planlane.Agents;
using Planlane.Runs;

namespace Planlane.Reports;

/// <summary>What came of a task was collected; ends its attempt.</summary>
/// <param name="Report">The report.</param>
[WireName("task.reported")]
public sealed record TaskReported(TaskReport Report) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state.WithTask(Report.TaskId, task =>
    {
        var reported = task with { Order = null, Report = Report };
        return Report.State is TaskReportState.Incomplete && task.Order?.Reason is not AttemptReason.Escalation
            ? reported.WithOrder(AttemptReason.Escalation, new Feedback(FeedbackKind.Incomplete, Report.Reason!))
            : reported;
    });
}
