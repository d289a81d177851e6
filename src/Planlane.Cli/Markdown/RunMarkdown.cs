using System.Text;
using Planlane.Agents;
using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Summary;
using Planlane.Values;

namespace Planlane.Cli.Markdown;

/// <summary>A run as Markdown, such as for a pull request: what was asked, what each agent did with the evidence, the checks, how to verify it, and what it cost.</summary>
internal sealed class RunMarkdown
{
    private const int MostFiles = 12;

    private readonly StringBuilder _text = new();
    private readonly RunState _state;
    private readonly MarkdownText _safe;
    private readonly EvidenceGap? _gap;

    private RunMarkdown(RunState state, SecretMask secrets) => (_state, _safe, _gap) = (state, new MarkdownText(secrets), EvidenceGap.Of(state));

    /// <summary>The text of a run at any point.</summary>
    public static string Of(RunState state, SecretMask secrets)
    {
        var markdown = new RunMarkdown(state, secrets);
        markdown.Write();
        return markdown._text.ToString();
    }

    private void Write()
    {
        Line($"# {_safe.Words(_state.Request.Title, 200)}\n");
        WriteState();
        WriteRequest();
        if (_state.Tasks.Count > 0)
            WriteWork();
        WriteChecks();
        WriteCommits();
        WriteCost();
        WriteTrailers();
    }

    private void WriteState()
    {
        if (_state.Settings.Scripted)
            Paragraph("The model is scripted and simulated, so its tokens, prices and times are computed, not paid. Files, checks and commits are real.");
        if (_state.IsUndone)
            Paragraph("This run was taken back: its commits are no longer on the branch.");
        else if (_state.Receipt is null)
            Paragraph($"Nothing was committed: the run is {_safe.Words(RunStatus.Of(_state).Words)}{((_state.End?.Reason ?? RunDecider.StandsStill(_state)?.Message) is { } why ? $". {_safe.Words(why)}" : ".")}");
        else if (_state.End is { Outcome: RunOutcome.CompletedInPart, Reason: { } reason })
            Paragraph(_safe.Words(reason));
    }

    private void WriteRequest()
    {
        Heading("What was asked");
        foreach (var line in _state.Request.Goal.ReplaceLineEndings("\n").Split('\n').Where(line => line.Trim().Length > 0))
            Line($"> {_safe.Words(line, 2_000)}  ");
        Line("");
        if (_state.Earlier is { } earlier)
            Paragraph($"Follows run {earlier.Id}: {_safe.Words(earlier.Goal.Split('\n')[0])}");
        Items("Must satisfy", _state.Request.Constraints);
        Items("Divided as", _state.Request.SplitHints);
    }

    private void WriteWork()
    {
        Heading("What was done");
        foreach (var task in _state.Tasks)
            WriteTask(task);
        Line("");
    }

    private void WriteTask(TaskState task)
    {
        var standing = _state.LeftOut.Contains(task.Id) ? "left out" : task.Report is { } known ? known.State.ToString().ToLowerInvariant() : task.Turns.Count == 0 ? "not started" : "not finished";
        Line($"- **{_safe.Words(task.Agent.Value)}: {_safe.Words(task.Task.Title)}** ({standing})");
        if (task.Report is not { } report)
            return;
        if (report.Words is { Work.Length: > 0 } words)
            Line($"  - In its words: {_safe.Words(words.Work)}{(words.Notes is { } notes ? $" {_safe.Words(notes)}" : "")}");
        if (report.Files.Count > 0)
            Line($"  - Files: {string.Join(", ", report.Files.Take(MostFiles).Select(FileOf))}{(report.Files.Count > MostFiles ? $" and {report.Files.Count - MostFiles} more" : "")}");
        foreach (var check in new[] { report.Compiled, report.Check }.OfType<CheckResult>())
            Line($"  - Evidence: {_safe.Words(check.Name)} {Passed(check)}{(check.Tests is { } tests ? $", {CheckLines.Tests(tests)}" : "")}");
        foreach (var item in CriteriaRules.Now(task, _state.Work).Where(item => _gap is null || item.Standing is not CriterionStanding.NotShown))
            Line($"  - {Standing(item.Standing)}: {_safe.Words(item.Criterion)}{(item.Evidence is { } evidence ? $" ({_safe.Code(evidence)})" : "")}");
        foreach (var contradiction in report.Contradictions)
            Line($"  - **Contradiction:** {_safe.Words(contradiction)}");
        if (report.Reason is { } reason)
            Line($"  - **Not done:** {_safe.Words(reason)}");
    }

    private void WriteChecks()
    {
        if (_state.Work is not { } work)
            return;
        Heading("Checks of all work together");
        if (work.Checks.Count == 0)
            Paragraph("None: the plan has no checks, so nothing was built or tested.");
        if (_gap is not null)
            Paragraph($"{_gap.NotShown} of {_gap.Criteria} acceptance criteria, some of every agent's, are not shown by a test, a command or a file{(_gap.LacksNames ? ", as the test runner does not name all tests that it counts" : "")}.");
        if (work.Checks.Count > 0)
        {
            Line("| check | result | tests | command | time |\n|---|---|---|---|---|");
            foreach (var check in work.Checks)
                Line($"| {_safe.Words(check.Name)} | {Passed(check)} | {(check.Tests is { } tests ? CheckLines.Tests(tests) : "")} | {_safe.Code(check.Command)} | {Figures.Duration(check.Seconds)} |");
            Line("");
            Heading("How to verify");
            Line(_safe.Block("sh", work.Checks.Select(check => check.Command)));
        }
    }

    private void WriteCommits()
    {
        if (_state.Receipt is not { Commits.Count: > 0 } receipt)
            return;
        Heading("Commits");
        foreach (var commit in receipt.Commits)
            Line($"- {_safe.Code(commit.Id.Value.Length > 7 ? commit.Id.Value[..7] : commit.Id.Value)} {_safe.Words(commit.Subject)}");
        Line("");
    }

    private void WriteCost()
    {
        var summary = RunSummary.From(_state);
        if (_state.Calls.Count == 0)
            return;
        Heading("Cost");
        Paragraph($"{summary.Cost} for {Figures.Count(summary.Usage.Total)} tokens ({Figures.Percent(summary.CachedShare)} of the input from the prompt cache), {Figures.Duration(summary.WorkSeconds)} of work by {Figures.Counted(summary.Agents, "agent")}.");
        if (summary.Alone is { } alone && _state.Settings.Mode is not RunMode.Single)
            Paragraph($"Against one {_safe.Words(_state.Settings.Planner.Id.Value)} agent alone: {Savings.Money(summary.Cost, alone.Cost)}, {Savings.Time(summary.WorkSeconds, alone.Seconds)}. {Savings.Basis(alone)}");
    }

    private void WriteTrailers()
    {
        Line($"Planlane-Run: {_state.Id}");
        foreach (var model in _state.Calls.Select(call => call.Model).Distinct())
            Line($"Assisted-by: planlane:{SafeText.Name(SafeText.Of(model.Value))}");
    }

    private string FileOf(FileStat file) => $"{_safe.Code(file.Path.Value)} {(file.Kind is FileChangeKind.Deleted ? "deleted" : $"+{Figures.Count(file.Added)} −{Figures.Count(file.Deleted)}")}";

    private static string Passed(CheckResult check) => check.Passed ? "passed" : "**failed**";

    private static string Standing(CriterionStanding standing) => standing switch
    {
        CriterionStanding.Met => "Met",
        CriterionStanding.NotMet => "**Not met**",
        _ => "Not shown",
    };

    private void Items(string name, ValueList<string> items)
    {
        if (items.Count == 0)
            return;
        Line($"{name}:");
        foreach (var item in items)
            Line($"- {_safe.Words(item)}");
        Line("");
    }

    private void Heading(string words) => Line($"## {words}\n");

    private void Paragraph(string words) => Line($"{words}\n");

    private void Line(string line) => _text.Append(line).Append('\n');
}
