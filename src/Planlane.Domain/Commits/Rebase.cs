using Planlane.Requests;

namespace Planlane.Commits;

/// <summary>That the work of a run was put on another commit than it was done on.</summary>
/// <param name="From">The base that it was done on.</param>
/// <param name="Onto">The commit or branch that the user named; null when it was HEAD as it had moved.</param>
/// <param name="MovesRefAlone">Whether its branch is one that is not checked out, so that index and work tree stay as they are.</param>
public sealed record Rebase(RunBase From, string? Onto, bool MovesRefAlone);
