using System.Globalization;
using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Telemetry;

/// <summary>Events as lines of diagnostics: what a reader of a failed run needs, without the words of models and the output of commands, which the journal has.</summary>
internal static class LogLines
{
    /// <summary>The lines of an event; most have one.</summary>
    public static IEnumerable<LogLine> Of(RunEvent happened, RunState state) => happened switch
    {
        RunStarted started => [Started(started.Base, started.Settings)],
        RunResumed => [new(LogLevel.Info, "Run resumed in a new process.")],
        StepBegun begun => [new(LogLevel.Info, "Step begun.") { Step = begun.Step, Task = TaskOf(begun.Step) }],
        StepEnded ended => [new(LogLevel.Info, "Step ended.") { Step = ended.Step, Task = TaskOf(ended.Step) }],
        StepFailed failed => [new(LogLevel.Error, $"Step failed ({failed.Kind}): {failed.Message}{(failed.Hint is { } hint ? " " + hint : "")}") { Step = failed.Step, Task = TaskOf(failed.Step) }],
        RequestTriaged { Call: { } call, Stop: { } stop } triaged => [Call(call, stop, $"; divide: {triaged.Verdict.Divide}")],
        PlanAnswered plan => [Call(plan.Call, plan.Stop, "") with { Attempt = plan.Round }],
        PlanGiven => [new(LogLevel.Info, "The plan was made before.")],
        PlanChecked { Problems.Count: 0 } plan => [new(LogLevel.Info, $"Plan {plan.Round} holds: {plan.Plan?.Tasks.Count} tasks.")],
        PlanChecked plan => plan.Problems.Select(problem => new LogLine(LogLevel.Warning, $"Plan {plan.Round}: {problem}")),
        PlanDecided decided => [new(LogLevel.Info, $"Plan decided by {decided.By}: {decided.Decision.GetType().Name}.")],
        TurnAnswered turn => [Call(turn.Call, turn.Stop, Tools(turn.Answer)) with { Task = turn.TaskId, Attempt = turn.Attempt, Turn = turn.Number }],
        CallLost lost => [new(LogLevel.Warning, Invariant($"A call of {lost.Call.Model} failed after {lost.Call.Seconds:0.0} s and {lost.Call.Usage.Total} tokens.")) { Task = state.Tasks.FirstOrDefault(task => task.Agent == lost.Call.Agent)?.Id }],
        TurnActed acted => Acted(acted, state.Task(acted.TaskId)),
        FileRequested request => [new(LogLevel.Info, $"Asked for {request.Path}: {request.Decision}.") { Task = request.TaskId }],
        TaskChecked result => [Check(result.Result) with { Task = result.TaskId, Attempt = state.Task(result.TaskId).Order?.Attempt }],
        FeedbackGiven feedback => [new(LogLevel.Info, $"Told the agent ({feedback.Feedback.Kind}): {First(feedback.Feedback.Text)}") { Task = feedback.TaskId }],
        AttemptEnded ended => [Ended(ended)],
        TaskReported { Report: var report } => [new(report.State is TaskReportState.Complete ? LogLevel.Info : LogLevel.Warning, $"Reported {report.State}{(report.Reason is { } why ? ": " + First(why) : ".")}") { Task = report.TaskId }],
        WorkCombined { Work: var work } => [new(LogLevel.Info, $"Combined the work of {work.Included.Count} tasks, round {work.Round}."), .. work.Checks.Select(Check)],
        ReviewDecided decided => [new(LogLevel.Info, $"Work decided by {decided.By}: {decided.Decision.GetType().Name}.")],
        ChangesLanded { Receipt: var receipt } => [new(LogLevel.Info, $"Landed {receipt.Commits.Count} commits on {receipt.Branch}: {receipt.OldHead} to {receipt.NewHead}.")],
        AgentsPrepared prepared => [new(LogLevel.Info, $"Agents prepared: {prepared.SharedTokens} shared tokens.")],
        PrefixWarmed warmed => [new(LogLevel.Info, $"The shared prefix is in the cache of {warmed.Model?.Value ?? "the agents' model"}.")],
        PrefixRenewed renewed => [new(LogLevel.Info, Invariant($"The shared prefix was read to keep it in the cache of {renewed.Call.Model}: {Tokens(renewed.Call.Usage)}, ${renewed.Call.Cost.Usd:0.######}."))],
        PrefixDiffered differed => [new(LogLevel.Warning, $"The call began with other bytes than those before it on {differed.Model}, so that it could not read the shared prefix from the cache.") { Task = differed.TaskId, Turn = differed.Number }],
        _ => [new(LogLevel.Info, Journal.EventJson.NameOf(happened))],
    };

    private static LogLine Started(RunBase start, RunSettings settings) => new(LogLevel.Info, Invariant(
        $"Run started on {start.Branch ?? "a detached HEAD"} at {start.Commit}: planner {settings.Planner.Id}, agents {settings.Agent.Id}, {settings.Slots} slots, budget {settings.Budget?.ToString() ?? "none"}."));

    private static LogLine Call(ModelCall call, AnswerStop stop, string tools) => new(stop is AnswerStop.EndTurn or AnswerStop.ToolUse ? LogLevel.Info : LogLevel.Warning, Invariant(
        $"{call.Model} answered in {call.Seconds:0.00} s, first byte {call.FirstByteSeconds:0.00} s: {Tokens(call.Usage)}, ${call.Cost.Usd:0.######}; {stop}{tools}."));

    private static string Tokens(Usage usage) => $"{usage.Input} in, {usage.CacheRead} cached, {usage.CacheWrite + usage.CacheWriteLong} written, {usage.Output} out";

    private static string Tools(ValueList<AnswerBlock> answer) => answer.OfType<AnswerBlock.ToolCall>().Select(call => call.Name).ToList() is { Count: > 0 } names ? $"; calls {string.Join(", ", names)}" : "";

    private static IEnumerable<LogLine> Acted(TurnActed acted, TaskState task)
    {
        // An id may occur twice: it is the model's.
        var names = task.Turns.First(turn => turn.Number == acted.Number).ToolCalls.ToLookup(call => call.Id, call => call.Name);
        LogLine Line(LogLevel level, string message) => new(level, message) { Task = task.Id, Attempt = task.Order?.Attempt, Turn = acted.Number };
        foreach (var refused in acted.Results.Where(result => result.IsError))
            yield return Line(LogLevel.Warning, $"{names[refused.CallId].FirstOrDefault()} was refused or failed: {First(refused.Text)}");
        foreach (var run in acted.Commands)
            yield return Line(LogLevel.Info, Invariant($"Command {First(run.Command)}: {End(run.End, run.ExitCode)}, {run.Seconds:0.0} s{(run.IsSandboxed ? "" : ", no sandbox")}."));
        yield return Line(LogLevel.Info, $"{acted.Results.Count} calls of tools, {acted.Changes.Files.Count} files changed.");
    }

    private static string End(CommandEnd end, int exitCode) => end is CommandEnd.Exited ? FormattableString.Invariant($"exit code {exitCode}") : end.ToString();

    private static LogLine Check(CheckResult check)
    {
        var tests = check.Tests is { } counts ? FormattableString.Invariant($", {counts.Passed} tests passed, {counts.Failed} failed") : "";
        var open = check.IsSandboxed || check.Name == CheckResult.Compile ? "" : ", no sandbox";
        return new LogLine(
            check.Passed ? LogLevel.Info : LogLevel.Warning,
            Invariant($"Check {check.Name} ({First(check.Command)}): {(check.Passed ? "passed" : "failed, " + End(check.End, check.ExitCode))}, {check.Seconds:0.0} s{tests}{open}."));
    }

    private static LogLine Ended(AttemptEnded ended) => ended.Outcome switch
    {
        AttemptOutcome.Failed failed => new(LogLevel.Error, $"Attempt failed: {First(failed.Reason)}") { Task = ended.TaskId, Attempt = ended.Attempt },
        AttemptOutcome.Incomplete incomplete => new(LogLevel.Warning, $"Attempt incomplete ({incomplete.Failure}): {First(incomplete.Reason)}") { Task = ended.TaskId, Attempt = ended.Attempt },
        AttemptOutcome.Blocked => new(LogLevel.Warning, "Attempt blocked, as the agent says.") { Task = ended.TaskId, Attempt = ended.Attempt },
        _ => new(LogLevel.Info, "Attempt completed.") { Task = ended.TaskId, Attempt = ended.Attempt },
    };

    private static TaskId? TaskOf(StepId step) => step.Value.Split(':') is ["attempt", var task, ..] ? new TaskId(task) : null;

    private static string First(string text)
    {
        var line = text.Split('\n')[0];
        return line.Length <= 300 ? line : line[..300] + "…";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
