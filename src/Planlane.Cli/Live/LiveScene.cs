using Planlane.Cli.Output;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Live;

/// <summary>All that the live view is a function of.</summary>
/// <param name="State">The run.</param>
/// <param name="Board">What agents do at this moment.</param>
/// <param name="Now">The time; of a replay, the time that is replayed.</param>
/// <param name="Size">The terminal.</param>
/// <param name="Glyphs">What lines are drawn with.</param>
internal sealed record LiveScene(RunState State, ActivityBoard Board, DateTimeOffset Now, TerminalSize Size, Glyphs Glyphs)
{
    /// <summary>The task whose agent is selected, or null.</summary>
    public TaskId? Selected { get; init; }

    /// <summary>Whether the activity of the selected agent is shown.</summary>
    public bool IsPeeking { get; init; }

    /// <summary>What is said at the bottom instead of the keys, such as a question; null for the keys.</summary>
    public string? Message { get; init; }

    /// <summary>The keys that work, as they are said at the bottom; empty when none do.</summary>
    public string Keys { get; init; } = "";

    /// <summary>Whether the run is to stop.</summary>
    public bool IsStopping { get; init; }

    /// <summary>The columns that are used: the last one stays free, as some terminals go to the next line behind it.</summary>
    public int Width => Math.Max(1, Size.Columns - 1);

    /// <summary>The most lines of the view: what scrolls above it stays in sight.</summary>
    public int Height => Math.Max(1, Math.Min(Size.Rows - 1, Math.Max(LeastHeight, Size.Rows * 3 / 4)));

    private const int LeastHeight = 12;
}
