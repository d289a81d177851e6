namespace Planlane.Simulator.Scripting;

/// <summary>How the scripted model works when one agent does the whole request by itself, turn by turn, in a client of its own with the tools <c>list_files</c>, <c>read_file</c>, <c>write_file</c>, <c>edit_file</c> and <c>run</c>. Immutable.</summary>
/// <remarks>Its conversation opens with <c>&lt;task id="alone"</c>. What it writes is the same as what the scenario's agents write together.</remarks>
/// <param name="Turns">The answers that it takes when nothing goes wrong; at least 6. Mistakes add to them.</param>
/// <param name="IsBatched">Whether it writes many files in one answer, and builds and tests once, at the end; else one file an answer, with readings and builds between them.</param>
/// <param name="CodeShare">The share of its output that is code, above 0 and at most 1; the rest is said between the calls.</param>
public sealed record AlonePace(int Turns, bool IsBatched, double CodeShare)
{
    /// <summary>The task that its conversation names.</summary>
    public const string TaskName = "alone";
}
