using Planlane.Values;

namespace Planlane.Requests;

/// <summary>What a run learned, for the one that follows it; recorded with the follow-up, so that a replay does not need the earlier journal. All of it is bounded.</summary>
/// <param name="Id">The earlier run.</param>
/// <param name="Goal">What was asked of it, shortened.</param>
/// <param name="Head">Its last commit, which the follow-up's base contains.</param>
/// <param name="Commits">The subjects of its commits, oldest first.</param>
/// <param name="Files">The files that it wrote and that exist, contracts among them, by path: where the planner looks first.</param>
/// <param name="Contracts">The stub files that its tasks shared.</param>
/// <param name="Decisions">What the user said: constraints, words to plans, words to the work.</param>
/// <param name="Open">What it did not do: tasks that were left out or not completed with the reason, criteria that were not met.</param>
/// <param name="Notes">What its agents wrote for whoever comes next; words, never facts.</param>
/// <param name="Before">The runs that it followed itself, newest first.</param>
public sealed record EarlierRun(
    RunId Id,
    string Goal,
    ObjectId Head,
    ValueList<string> Commits,
    ValueList<RepoPath> Files,
    ValueList<RepoPath> Contracts,
    ValueList<string> Decisions,
    ValueList<string> Open,
    ValueList<string> Notes,
    ValueList<EarlierGoal> Before);

/// <summary>A run further back in a chain of follow-ups.</summary>
/// <param name="Id">The run.</param>
/// <param name="Goal">What was asked of it, shortened.</param>
public sealed record EarlierGoal(RunId Id, string Goal);
