using Planlane.Values;

namespace Planlane.Simulator.Faults;

/// <summary>What goes wrong with whole tasks rather than with single answers, and how agents mend it. Immutable.</summary>
public sealed record Weakness
{
    /// <summary>None; the default.</summary>
    public static Weakness None { get; } = new();

    /// <summary>Whether agents mend a file by an edit of the wrong lines instead of writing it whole again.</summary>
    public bool MendsByEdit { get; init; }

    /// <summary>The share of tasks, 0 to 1, that a small model (Haiku) cannot do: whatever it writes for one lacks a bracket, until another model takes over. Which ones is drawn from the simulator's seed.</summary>
    public double StuckRate { get; init; }

    /// <summary>Slips that only a build of all the work together shows.</summary>
    public ValueList<Slip> Slips { get; init; } = [];
}

/// <summary>A mistake that fits the contracts and not the work of the others, such as a call of a method by another name than its author gave it.</summary>
/// <param name="Path">The file in which it is made.</param>
/// <param name="Right">The text that should stand there; its first occurrence is replaced.</param>
/// <param name="Wrong">What is written instead.</param>
/// <param name="SmallRate">The share of runs, 0 to 1, in which a small model makes it.</param>
/// <param name="LargeRate">The same for other models.</param>
public sealed record Slip(string Path, string Right, string Wrong, double SmallRate, double LargeRate);
