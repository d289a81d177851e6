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
        var failure = Report.Failure ?? FailureClass.Other;
        return Report.State is TaskReportState.Incomplete && task.Order?.Reason is not AttemptReason.Escalation && FailureRules.Escalates(failure)
            ? reported.WithOrder(AttemptReason.Escalation, new Feedback(FeedbackKind.Incomplete, FailureRules.Handover(failure, Report.Reason!)))
            : reported;
    });
}
