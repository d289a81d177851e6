using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>What agents' commands run on is ready, and differs from the user's folder in more than was known when the run began.</summary>
/// <param name="Notes">What is new, such as tracked files that a setup command changed and that were put back.</param>
[WireName("workspaces.prepared")]
public sealed record WorkspacesPrepared(ValueList<BaseNote> Notes) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { Base = state.Base with { Notes = BaseNote.With(state.Base.Notes, Notes) } };
}
