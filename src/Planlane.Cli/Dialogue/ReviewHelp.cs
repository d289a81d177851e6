using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Dialogue;

/// <summary>What can be answered in a review.</summary>
internal static class ReviewHelp
{
    /// <summary>The answers to the question at the end of the overview.</summary>
    public static void WriteQuestion(Screen screen, RunState state)
    {
        var example = state.Tasks[^1].Agent.Value;
        Write(
            screen,
            ("yes", "create the commits, or send the comments that you collected"),
            ("no", "commit nothing, and end the run"),
            ("walk", $"step through the files, riskiest first; walk {example} for one agent"),
            ("diff", $"show all changes in your pager; diff {example} for one agent"),
            ("except NAME", $"commit all but this: {example}, {example}:PATH or {example}:PATH#2"),
            ("keep NAME", "keep something that you left out before"),
            ("changes", "collect words for agents, then send them together"),
            ("NAME: words", $"send words now: {example}: ..., or {example}:PATH:31: ..."),
            ("edit", "write comments into the diff with your editor"),
            ("clear", "forget what you chose in this review"),
            ("overview", "show the overview again"));
    }

    /// <summary>The answers at a file.</summary>
    public static void WriteFile(Screen screen) => Write(
        screen,
        ("y", "keep this file, mark it as viewed, go on"),
        ("n", "leave this file out, mark it as viewed, go on"),
        ("h", "decide hunk by hunk"),
        ("c", "comment: c WORDS for the file, c 31 WORDS for line 31"),
        ("v", "mark it as viewed and go on; v again takes the mark back"),
        ("l", "show only what changed since your last look"),
        ("d", "show it again; p shows all of it in your pager"),
        ("e", "write comments into its diff with your editor"),
        ("Enter or j", "go on; b goes back"),
        ("q", "back to the question"));

    /// <summary>The answers at a hunk.</summary>
    public static void WriteHunk(Screen screen) => Write(
        screen,
        ("y", "keep this hunk"),
        ("n", "leave this hunk out"),
        ("s", "split it into smaller ones"),
        ("c", "comment: c WORDS for its first line, c 31 WORDS for line 31"),
        ("Enter or j", "go on as it stands; b goes back"),
        ("q", "back to the file"));

    private static void Write(Screen screen, params ReadOnlySpan<(string Word, string Meaning)> lines)
    {
        foreach (var (word, meaning) in lines)
            screen.Labelled([Ink.Strong($"  {word.PadRight(12)} ")], meaning);
    }
}
