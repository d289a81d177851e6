using System.Globalization;
using Planlane.Budgets;
using Planlane.Requests;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Planning;

/// <summary>The plan of a run in which one agent does all of it: made by code, without a call of the planner.</summary>
/// <remarks>
/// Nobody has looked at the work, so its size is a rule of thumb: <see cref="BaseFiles"/> files, and one more for each constraint and split hint, at
/// <see cref="TokensPerFile"/> tokens of code. The agent's turns and tokens follow from that as in <see cref="Counterfactual"/>.
/// </remarks>
public static class SinglePlan
{
    /// <summary>The id of its task.</summary>
    public const string TaskName = "whole";

    /// <summary>The most turns of an attempt when nobody says otherwise: one agent has to look around, and writes all files itself.</summary>
    public const int DefaultMaxTurns = 60;

    /// <summary>The files that a request without any item is taken to change: one, its caller and its test.</summary>
    public const int BaseFiles = 3;

    /// <summary>The most files that are assumed.</summary>
    public const int MostFiles = 40;

    /// <summary>Tokens of code of one file: some 140 lines at ten tokens.</summary>
    public const int TokensPerFile = 1_400;

    private const int MostTitle = 60;
    private const double High = 2;

    /// <summary>The plan.</summary>
    /// <param name="request">A request without problems.</param>
    /// <param name="settings">Their <see cref="RunSettings.Agent"/> does the work.</param>
    /// <param name="checks">The commands that must pass at the end.</param>
    /// <param name="day">The day whose prices hold.</param>
    public static Plan Of(RunRequest request, RunSettings settings, ValueList<PlannedCheck> checks, DateOnly day)
    {
        var id = new TaskId(TaskName);
        var size = SizeOf(request, settings, day);
        var title = Shortened(request.Title);
        var task = new PlannedTask(
            id,
            title,
            BriefOf(request),
            new Ownership([new Glob("**")]),
            [],
            [],
            request.Constraints,
            null,
            new TaskEstimate((int)size.Usage.Output),
            title);
        return new Plan(
            Plan.SchemaVersion,
            new Suitability(true, "One agent alone does all of it, as you asked."),
            ["One agent alone"],
            [],
            [task],
            checks,
            request.Constraints.Concat(request.SplitHints).Select(item => new Coverage(item, [id])).ToValueList());
    }

    /// <summary>What the one agent is expected to use, by the rule of thumb.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">Their <see cref="RunSettings.Agent"/> does the work.</param>
    /// <param name="day">The day whose prices hold.</param>
    public static Counterfactual SizeOf(RunRequest request, RunSettings settings, DateOnly day)
    {
        var files = FilesOf(request);
        var speed = new ModelSpeed(settings.Agent.FirstTokenSeconds, settings.Agent.TokensPerSecond);
        return Counterfactual.Of(settings.Agent, day, files, (long)files * TokensPerFile, speed, checkSeconds: 0);
    }

    /// <summary>How many files a request is taken to change, as long as nobody has looked at the work.</summary>
    public static int FilesOf(RunRequest request) => Math.Min(MostFiles, BaseFiles + request.Constraints.Count + request.SplitHints.Count);

    /// <summary>The estimate of such a plan: the rule of thumb, and twice as much at the high end. What one agent alone costs is here not what the plan is compared with but what it is.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="size">What its agent is expected to use; see <see cref="SizeOf"/>.</param>
    public static PlanEstimate EstimateOf(Plan plan, Counterfactual size)
    {
        var work = new EstimatedWork(Around((double)size.Cost.Usd), Around(size.Seconds / 60), Around(size.Usage.Fresh), Around(size.Usage.Total));
        return new PlanEstimate(
            plan.Tasks.Select(task => new EstimatedTask(task.Id, Around(size.Usage.Output), work)).ToValueList(), work, new Spread(0, 0), PlanningSpent.None, work, work, EstimateExperience.None);
    }

    private static Spread Around(double expected) => new(expected, High * expected);

    private static string BriefOf(RunRequest request) => request.SplitHints.Count == 0
        ? request.Goal
        : $"{request.Goal}\n\nThe user sees these parts in it:\n{string.Join('\n', request.SplitHints.Select(hint => $"- {hint}"))}";

    // The first sentence, without marks of Markdown and what cannot stand in a line; long ones end at a word.
    private static string Shortened(string title)
    {
        var letters = string.Concat(title.TrimStart('#', ' ').Where(letter => !char.IsControl(letter) && char.GetUnicodeCategory(letter) is not UnicodeCategory.Format));
        var end = letters.IndexOf(". ", StringComparison.Ordinal);
        var sentence = (end < 0 ? letters : letters[..end]).TrimEnd('.', ':', ' ');
        if (sentence.Length == 0)
            return "Do what was asked";
        if (sentence.Length <= MostTitle)
            return sentence;
        var cut = sentence.LastIndexOf(' ', MostTitle);
        return $"{sentence[..(cut > MostTitle / 2 ? cut : MostTitle)].TrimEnd(',', ';', ' ')}…";
    }
}
