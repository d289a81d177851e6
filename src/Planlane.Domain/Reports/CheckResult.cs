using Planlane.Values;

namespace Planlane.Reports;

/// <summary>What came out of a command that must pass.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Command">The shell command that ran.</param>
/// <param name="ExitCode">Its exit code; 0 is a pass. -1 when it did not end by itself.</param>
/// <param name="Tests">The tests that its output counts, or null when it counts none.</param>
/// <param name="Seconds">How long it ran, in seconds.</param>
/// <param name="Output">The end of what it printed on both streams.</param>
/// <param name="Diagnostics">The errors that its output names, each with the file they are in where one is named.</param>
public sealed record CheckResult(string Name, string Command, int ExitCode, TestCounts? Tests, double Seconds, string Output, ValueList<Diagnostic> Diagnostics)
{
    /// <summary>The name of the check that compiles an agent's C# in process, before its own check.</summary>
    public const string Compile = "compile";

    /// <summary>The tests that it names, the failed ones first; may be fewer than were counted.</summary>
    public ValueList<TestCase> Cases { get; init; } = [];

    /// <summary>How the command ended.</summary>
    public CommandEnd End { get; init; }

    /// <summary>What it wrote outside build outputs; all of it was undone.</summary>
    public ValueList<RepoPath> Undone { get; init; } = [];

    /// <summary>Whether a sandbox held it.</summary>
    public bool IsSandboxed { get; init; }

    /// <summary>The name of that sandbox, for a reader; null when there was none, or in a journal of before it was recorded.</summary>
    public string? HeldBy { get; init; }

    private const int MostDiagnostics = 20;
    private const int MostOutput = 4_000;
    private const int MostFailed = 20;

    /// <summary>Whether the command passed.</summary>
    public bool Passed => ExitCode == 0 && Tests is not { Failed: > 0 };

    /// <summary>The failure as an agent reads it: the diagnostics, of the given files only when files are given, else the end of the output.</summary>
    public string ForAgent(Func<RepoPath, bool>? concerns = null)
    {
        var mine = Diagnostics.Where(item => concerns is null || (item.Path is { } path && concerns(path))).Take(MostDiagnostics).Select(item => item.Text).ToList();
        var facts = mine.Count > 0 ? string.Join('\n', mine) : Output.Length > MostOutput ? "…" + Output[^MostOutput..] : Output;
        var failed = string.Concat(Cases.Where(test => test.Outcome is TestOutcome.Failed).Take(MostFailed).Select(test => $"Failed test: {test.Name}{(test.Message is { } why ? $": {why.Split('\n')[0]}" : "")}\n"));
        return $"The check '{Name}' ({Command}) failed with exit code {ExitCode}:\n{failed}{facts}";
    }
}

/// <summary>Tests as a runner counted them.</summary>
/// <param name="Passed">Passed tests.</param>
/// <param name="Failed">Failed tests.</param>
/// <param name="Skipped">Skipped tests.</param>
public sealed record TestCounts(int Passed, int Failed, int Skipped)
{
    /// <summary>All tests that ran or were skipped.</summary>
    public int Total => Passed + Failed + Skipped;

    /// <summary>The sum of two counts.</summary>
    public static TestCounts operator +(TestCounts left, TestCounts right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);
}

/// <summary>One error that a check printed.</summary>
/// <param name="Path">The file it names, or null.</param>
/// <param name="Text">The line as it was printed, paths relative to the repository.</param>
public sealed record Diagnostic(RepoPath? Path, string Text);
