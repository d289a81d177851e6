using Planlane.Reports;
using Planlane.Values;

namespace Planlane.Commits.Hooks;

/// <summary>A commit that is about to be made.</summary>
/// <param name="Planned">Whose it is.</param>
/// <param name="Made">The run's commits before it, oldest first.</param>
/// <param name="Tree">What it holds.</param>
/// <param name="Message">Its message, with trailers.</param>
/// <param name="Author">Name, address and time, as a commit has them.</param>
internal sealed record CommitDraft(PlannedCommit Planned, ValueList<ObjectId> Made, ObjectId Tree, string Message, string Author);

/// <summary>What the hooks made of a commit.</summary>
/// <param name="Changes">The files that they staged otherwise.</param>
/// <param name="Message">Its message.</param>
internal sealed record HookedCommit(ChangeSet Changes, string Message);
