using Planlane.Values;

namespace Planlane.Requests;

/// <summary>What the user asked for, kept as data that the plan must satisfy item by item.</summary>
/// <param name="Goal">The request in the user's words, without the lists below; one or more lines.</param>
/// <param name="Constraints">What the work must satisfy, one item each ("Requirements: …").</param>
/// <param name="SplitHints">How the user wants the work divided, one item each ("Split into: …").</param>
public sealed record RunRequest(string Goal, ValueList<string> Constraints, ValueList<string> SplitHints)
{
    /// <summary>The goal's first line, as a title.</summary>
    public string Title => Goal.Split('\n')[0].Trim();
}
