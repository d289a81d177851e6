namespace Planlane.Simulator.Faults;

/// <summary>How often a scripted agent does worse than its script, as shares of its answers from 0 to 1: what a model gets wrong, not what the service does. Immutable.</summary>
/// <remarks>
/// At most one mistake an answer; which answers have one is drawn from the simulator's seed and the conversation. The script sees its own mistakes in the conversation,
/// as a model does, and goes on from there.
/// </remarks>
public sealed record Imperfection
{
    /// <summary>No mistakes; the default.</summary>
    public static Imperfection None { get; } = new();

    /// <summary>A small model: the rate of bad edits lies within the 2 to 9 % that were measured of such models (aider's leaderboards, 2024 and 2025); the others are assumptions.</summary>
    public static Imperfection Small { get; } = new() { BadAnchor = 0.05, BrokenCode = 0.06, OutsideLane = 0.02, FalseDone = 0.02, EarlyStop = 0.02, Loop = 0.01 };

    /// <summary>A larger model: about a third of the mistakes of a small one.</summary>
    public static Imperfection Large { get; } = new() { BadAnchor = 0.018, BrokenCode = 0.02, OutsideLane = 0.005, FalseDone = 0.005, EarlyStop = 0.005, Loop = 0.002 };

    /// <summary>An edit looks for a text that the file does not hold.</summary>
    public double BadAnchor { get; init; }

    /// <summary>A file that is written whole loses its last bracket.</summary>
    public double BrokenCode { get; init; }

    /// <summary>A file outside the lane is written as well.</summary>
    public double OutsideLane { get; init; }

    /// <summary>The work is reported as done and not done.</summary>
    public double FalseDone { get; init; }

    /// <summary>It ends with words and without a call.</summary>
    public double EarlyStop { get; init; }

    /// <summary>It reads a file that it wants to write, again, instead of writing it.</summary>
    public double Loop { get; init; }
}
