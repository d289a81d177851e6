using Planlane.Agents;
using Planlane.Approval;
using Planlane.Cli.Output;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Workspaces;

namespace Planlane.Cli.Views;

/// <summary>Tells what happens in a run, some lines for an event. There are no barriers between stages, so their lines may interleave.</summary>
/// <param name="screen">Where the lines go.</param>
/// <param name="state">The run before the first event that is shown.</param>
internal sealed class ProgressView(Screen screen, RunState state)
{
    private RunState _before = state;

    /// <summary>Shows the next event.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="after">The run after it.</param>
    public void Show(RecordedEvent recorded, RunState after)
    {
        switch (recorded.Event)
        {
            case StepBegun begun: ShowStep(begun, after); break;
            case RequestTriaged triaged: PlanLines.Triaged(screen, triaged); break;
            case PlanAnswered answered: PlanLines.Answered(screen, answered); break;
            case PlanChecked read: PlanLines.Checked(screen, read, after); break;
            case PlanDecided decided: PlanLines.Decided(screen, decided); break;
            case WorkspacesPrepared prepared: WholeLines.Prepared(screen, prepared); break;
            case TurnActed acted: AgentLines.Acted(screen, after.Task(acted.TaskId), _before.Task(acted.TaskId), acted); break;
            case FileRequested requested: AgentLines.Requested(screen, after.Task(requested.TaskId), requested); break;
            case TaskChecked check: AgentLines.Checked(screen, after.Task(check.TaskId), check.Result); break;
            case FeedbackGiven feedback: AgentLines.SentBack(screen, after.Task(feedback.TaskId), feedback.Feedback); break;
            case TaskReported reported: StageLines.Reported(screen, after, reported.Report); break;
            case WorkCombined combined: WholeLines.Combined(screen, after, combined.Work); break;
            case ReviewDecided review: WholeLines.Decided(screen, after, review); break;
            case ChangesLanded landed: LandingLines.Landed(screen, landed.Receipt); break;
            case LandingRebased rebased: LandingLines.Rebased(screen, rebased); break;
            case StepFailed failed: WholeLines.Failed(screen, failed); break;
            case RunPaused: screen.Line(Ink.Alert("Paused: "), "what is being paid for goes on, and nothing new is begun."); break;
            case RunContinued: screen.Line("Going on after the pause."); break;
            case SlotsChanged changed: screen.Line("Slots: ", Ink.Strong(Figures.Count(changed.Slots)), Ink.Faint($" (before: {Figures.Count(_before.Settings.Slots)})")); break;
            case AgentStopped stopped: screen.Line(Ink.Agent(after.Task(stopped.TaskId).Agent), Ink.Alert(" Stopped by you.")); break;
            case RunResumed: WholeLines.Resumed(screen, after); break;
            case RunUndone undone: screen.Line(Ink.Alert("Taken back: "), $"the commits of this run were {(undone.Reverts.Count > 0 ? "reverted" : "removed")}."); break;
            case RunRedone: screen.Line(Ink.Alert("Landed again."), ""); break;
        }

        _before = after;
    }

    private void ShowStep(StepBegun begun, RunState after)
    {
        if (begun.Step == new RunStep.Triage().Id)
            PlanLines.Asking(screen, after);
        else if (after.PlanOrder is { } order && begun.Step == new RunStep.MakePlan(order.Round).Id)
            PlanLines.Begun(screen, after, order);
        else if (after.Tasks.FirstOrDefault(task => task.Order is { } attempt && begun.Step == new RunStep.Attempt(task.Id, attempt.Attempt).Id) is { } task)
            StageLines.Begun(screen, after, task);
        else if (begun.Step == new RunStep.Combine(after.CombinedRounds + 1).Id)
            WholeLines.Combining(screen, after);
        else if (begun.Step == new RunStep.Land().Id)
            WholeLines.Landing(screen);
    }
}
