using Planlane.Values;

namespace Planlane.Reports;

/// <summary>What was measured of a task's work.</summary>
/// <param name="Files">Every file that differs from what the workspace was born with, with its counted lines.</param>
public sealed record Evidence(ValueList<FileStat> Files)
{
    /// <summary>The commands that the agent ran, oldest first.</summary>
    public ValueList<Ran> Commands { get; init; } = [];

    /// <summary>Of the paths that the criteria and the agent's evidence name, those that exist now.</summary>
    public ValueList<RepoPath> Existing { get; init; } = [];

    /// <summary>The texts of the files in which a criterion asks for names; no large and no binary ones.</summary>
    public ValueList<FileText> Texts { get; init; } = [];
}

/// <summary>A file with what it holds.</summary>
/// <param name="Path">The file.</param>
/// <param name="Text">Its text.</param>
public sealed record FileText(RepoPath Path, string Text);

/// <summary>A command that ran.</summary>
/// <param name="Command">The shell command.</param>
/// <param name="ExitCode">Its exit code; -1 when it did not end by itself.</param>
/// <param name="Tests">The tests that it counts, or null.</param>
/// <param name="Cases">The tests that it names.</param>
public sealed record Ran(string Command, int ExitCode, TestCounts? Tests, ValueList<TestCase> Cases)
{
    /// <summary>Whether it passed.</summary>
    public bool Passed => ExitCode == 0 && Tests is not { Failed: > 0 };

    /// <summary>Whether every test that it counts is named.</summary>
    public bool NamesAll => Tests is { } tests && Cases.Count >= tests.Total;

    /// <summary>A check as a command that ran.</summary>
    public static Ran Of(CheckResult check) => new(check.Command, check.ExitCode, check.Tests, check.Cases);

    /// <summary>Whether somebody who writes a command means this one: the same words, or a part of it that begins and ends with a word.</summary>
    public bool Is(string written)
    {
        var (asked, ran) = (Words(written), Words(Command));
        return asked.Length > 2 && (ran.Contains(asked, StringComparison.Ordinal) || asked.Contains(ran, StringComparison.Ordinal));
    }

    // With a blank at both ends, so that parts are whole words.
    private static string Words(string command) => $" {string.Join(' ', command.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))} ";
}
