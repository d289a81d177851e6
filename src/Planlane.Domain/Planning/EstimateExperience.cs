using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>What earlier runs of a repository with the same models taught about its estimates.</summary>
/// <param name="Runs">How many runs were taken, at least 0.</param>
/// <param name="Usd">Of the agents' cost.</param>
/// <param name="AgentMinutes">Of the time from the first agent's start to the last one's end, repairs included, checks not.</param>
/// <param name="CheckMinutes">Of one round of the checks.</param>
/// <param name="FreshTokens">Of the agents' fresh tokens.</param>
/// <param name="ProcessedTokens">Of all tokens of the agents.</param>
/// <param name="OutputTokens">Of the output of a task.</param>
public sealed record EstimateExperience(
    int Runs,
    LearnedFactor Usd,
    LearnedFactor AgentMinutes,
    LearnedFactor CheckMinutes,
    LearnedFactor FreshTokens,
    LearnedFactor ProcessedTokens,
    LearnedFactor OutputTokens)
{
    /// <summary>The most runs that are taken, the newest ones: a repository and the models' service change.</summary>
    public const int MostRuns = 20;

    /// <summary>No earlier run.</summary>
    public static EstimateExperience None { get; } =
        new(0, LearnedFactor.None, LearnedFactor.None, LearnedFactor.None, LearnedFactor.None, LearnedFactor.None, LearnedFactor.None);

    /// <summary>What lessons teach for a run.</summary>
    /// <param name="lessons">Of any runs of the repository, in any order; of two with the same run the later one counts.</param>
    /// <param name="settings">The run to come: only runs with the same two models teach it, and scripted runs teach only scripted ones.</param>
    public static EstimateExperience Of(IEnumerable<EstimateLesson> lessons, RunSettings settings)
    {
        var taken = lessons.Where(lesson => lesson.Teaches(settings)).GroupBy(lesson => lesson.Run).Select(same => same.Last())
            .OrderByDescending(lesson => lesson.EndedAt).Take(MostRuns).ToList();
        return taken.Count == 0 ? None : new EstimateExperience(
            taken.Count,
            LearnedFactor.Of(taken.Select(lesson => lesson.Usd)),
            LearnedFactor.Of(taken.Select(lesson => lesson.AgentMinutes)),
            LearnedFactor.Of(taken.Select(lesson => lesson.CheckMinutes)),
            LearnedFactor.Of(taken.Select(lesson => lesson.FreshTokens)),
            LearnedFactor.Of(taken.Select(lesson => lesson.ProcessedTokens)),
            LearnedFactor.Of(taken.Select(lesson => lesson.OutputTokens)));
    }
}

/// <summary>What one run that has ended says of the formulas: for each quantity what became / what the formulas alone had said, or 0 where it says nothing.</summary>
/// <param name="Run">The run.</param>
/// <param name="EndedAt">When its last event was recorded.</param>
/// <param name="Planner">The planner's model.</param>
/// <param name="Agent">The agents' model.</param>
/// <param name="Scripted">Whether the model was a scripted one.</param>
/// <param name="Usd">Of the agents' cost.</param>
/// <param name="AgentMinutes">Of the agents' time.</param>
/// <param name="CheckMinutes">Of one round of the checks.</param>
/// <param name="FreshTokens">Of the agents' fresh tokens.</param>
/// <param name="ProcessedTokens">Of all tokens of the agents.</param>
/// <param name="OutputTokens">Of the outputs of tasks: the median.</param>
public sealed record EstimateLesson(
    RunId Run,
    DateTimeOffset EndedAt,
    ModelId Planner,
    ModelId Agent,
    bool Scripted,
    double Usd,
    double AgentMinutes,
    double CheckMinutes,
    double FreshTokens,
    double ProcessedTokens,
    double OutputTokens)
{
    /// <summary>Whether it says something of runs with these settings.</summary>
    internal bool Teaches(RunSettings settings) => Scripted == settings.Scripted && Planner == settings.Planner.Id && Agent == settings.Agent.Id;
}
