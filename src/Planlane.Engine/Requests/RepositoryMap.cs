using Planlane.Values;

namespace Planlane.Requests;

/// <summary>A repository as the planner sees it.</summary>
/// <param name="Text">Commands, instructions, the list of files and the text of the most relevant ones.</param>
/// <param name="Shown">The files whose text is in it.</param>
/// <param name="LeftOut">How many files' text is left out for want of room.</param>
public sealed record RepositoryMap(string Text, ValueList<RepoPath> Shown, int LeftOut);
