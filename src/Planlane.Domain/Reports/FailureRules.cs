using System.Text.RegularExpressions;
using Planlane.Agents;

namespace Planlane.Reports;

/// <summary>What a failure is, and what follows from it.</summary>
public static partial class FailureRules
{
    /// <summary>The class of a failed check, read from how it ended, the tests that it counts, the errors that it names, and the words of the usual shells and tools.</summary>
    /// <param name="check">The check; did not pass.</param>
    public static FailureClass ClassOf(CheckResult check) => check switch
    {
        { Name: CheckResult.Compile } => FailureClass.Compile,
        { End: CommandEnd.OverLimit or CommandEnd.NotStarted } => FailureClass.Environment,
        { End: CommandEnd.TimedOut } or { ExitCode: < 0 } => FailureClass.TimeLimit,
        { Tests.Failed: > 0 } => FailureClass.Tests,
        // What tests that ran print of a missing host may be what they are about.
        { Tests: null or { Total: 0 } } when HintOf(check) is not null => FailureClass.Environment,
        { Tests: null or { Total: 0 } } when check.Diagnostics.Any(item => CompilerWords().IsMatch(item.Text)) || CompilerWords().IsMatch(check.Output) => FailureClass.Compile,
        _ => FailureClass.Command,
    };

    /// <summary>How often a failure of this class goes back to the agent in one attempt.</summary>
    /// <param name="failure">The class.</param>
    /// <param name="maxRepairs">How often a failed check does; at least 0.</param>
    public static int TimesSentBack(FailureClass failure, int maxRepairs) => failure switch
    {
        FailureClass.Environment => 0,
        // Each try costs the whole time limit again.
        FailureClass.TimeLimit or FailureClass.NoChange or FailureClass.Loop => 1,
        _ when IsOfTheWork(failure) => maxRepairs,
        _ => 2,
    };

    /// <summary>Whether the planner's model takes over what the agents' model could not mend. It does not where no model can help.</summary>
    public static bool Escalates(FailureClass failure) => failure is not (FailureClass.Environment or FailureClass.TimeLimit);

    /// <summary>Whether the class is about the work itself, so that a task that still fails so after the planner's model took over has failed.</summary>
    public static bool IsOfTheWork(FailureClass failure) => failure is FailureClass.Compile or FailureClass.Tests or FailureClass.Command;

    /// <summary>What the user can do about a check that failed for want of something here; null when that is not why it failed.</summary>
    public static string? HintOf(CheckResult check) => check switch
    {
        { End: CommandEnd.OverLimit } => "It took more memory, processes or disk than a command may.",
        { End: CommandEnd.NotStarted } => "The command could not be started here.",
        { End: CommandEnd.TimedOut } => "It was killed at its time limit: give the plan a faster check.",
        _ when NoSpace().IsMatch(check.Output) => "The disk is full: make room.",
        _ when NoNetwork().IsMatch(check.Output) => "It needs the network, which commands do not have by default: install what it downloads beforehand, or allow the network.",
        _ when check.ExitCode is 126 or 127 || NoProgram().IsMatch(check.Output) => $"A program that it needs is not installed here{(NoProgram().Match(check.Output) is { Success: true } line ? $" ({line.Value.Trim()})" : "")}: install it, or give the plan another check.",
        { IsSandboxed: true } when Withheld().IsMatch(check.Output) => "It wanted to write where the sandbox lets nothing be written.",
        _ => null,
    };

    /// <summary>What an agent reads of its own failed check: what concerns its lane, and what the class asks for.</summary>
    public static string Feedback(CheckResult check, TaskState task)
    {
        var isMine = check.Diagnostics.Any(item => item.Path is { } path && Blame.Concerns(task, path));
        var facts = check.ForAgent(isMine ? path => Blame.Concerns(task, path) : null);
        var note = check.Diagnostics.Count > 0 && !isMine ? "No file of your lane is named in it. If the cause lies elsewhere, change nothing and call finish with status blocked.\n" : "";
        return ClassOf(check) switch
        {
            FailureClass.TimeLimit => $"{facts}\nIt did not end by itself. If code of yours can run without end or waits for something, mend that, then call finish again.",
            _ => note + facts,
        };
    }

    /// <summary>What the planner's model reads when it takes over.</summary>
    public static string Handover(FailureClass failure, string reason) => failure switch
    {
        FailureClass.Loop or FailureClass.NoChange or FailureClass.UnfoundedClaim or FailureClass.Limit =>
            $"{reason}\nStart afresh from your task: read what you need, write the files, then call finish.",
        FailureClass.Tests => $"{reason}\nFind the cause before you change anything: it may be the code or the test.",
        _ => reason,
    };

    [GeneratedRegex(@"\berror (?:CS|TS|FS|BC|MSB|NETSDK)\d+|\berror\[E\d+\]|\bSyntaxError\b|\bIndentationError\b|COMPILATION ERROR|\bcannot find symbol\b|^\S+\.go:\d+:\d+: (?:undefined|syntax error)|\[build failed\]", RegexOptions.Multiline)]
    private static partial Regex CompilerWords();

    [GeneratedRegex(@"No space left on device|ENOSPC|There is not enough space on the disk", RegexOptions.IgnoreCase)]
    private static partial Regex NoSpace();

    [GeneratedRegex(@"EAI_AGAIN|\bENOTFOUND\b|ENETUNREACH|Could not resolve host|Temporary failure in name resolution|Name or service not known|Network is unreachable|\bNU1301\b|Unable to load the service index|Unknown host|failed to lookup address information|No address associated with hostname", RegexOptions.IgnoreCase)]
    private static partial Regex NoNetwork();

    [GeneratedRegex(@"^.*(?:: (?:command )?not found$|is not recognized as an internal or external command|No module named (?:pytest|unittest2|tox|mypy|ruff)$|A compatible \.NET SDK was not found).*$", RegexOptions.Multiline)]
    private static partial Regex NoProgram();

    [GeneratedRegex(@"Read-only file system|\bEROFS\b", RegexOptions.IgnoreCase)]
    private static partial Regex Withheld();
}
