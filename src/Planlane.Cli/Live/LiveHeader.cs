using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Scheduling;

namespace Planlane.Cli.Live;

/// <summary>The two lines that say how the run stands: stage, agents, time, money, tokens, and the chain that the end waits for.</summary>
internal static class LiveHeader
{
    private const int MeterCells = 10;

    public static IEnumerable<LiveLine> Of(LiveScene scene, IReadOnlyList<LiveAgent> agents)
    {
        var state = scene.State;
        var left = TimeLeft.Of(state, id => scene.Board.Of(state.Task(id).Agent) is { } now ? Math.Max(0, (scene.Now - now.Begun).TotalSeconds) : 0);
        LiveLine First(bool isTitled) => Joined(scene, [Ink.Title($"planlane {state.Id}"), .. Progress(scene, agents, isTitled), LiveFigures.Clock(scene.Now - state.StartedAt), .. Left(scene, left)]);
        // The title of a stage is what can be done without first.
        yield return First(isTitled: true) is var titled && titled.Cells <= scene.Width ? titled : First(isTitled: false);
        if (state.Calls.Count > 0)
            yield return Joined(scene, [.. Money(scene), .. Tokens(state), .. Path(scene, left)]);
    }

    private static IEnumerable<Phrase> Progress(LiveScene scene, IReadOnlyList<LiveAgent> agents, bool isTitled)
    {
        var state = scene.State;
        if (state.Plan is null || state.Tasks.Count == 0)
            yield break;
        var stages = PlanGraph.StagesOf(state.Plan);
        if (stages.FirstOrDefault(stage => stage.Tasks.Any(task => agents.Any(agent => agent.Task == task.Id && agent.Group is LiveGroup.Working or LiveGroup.Waiting))) is { } stage)
            yield return Ink.Strong($"STAGE {stage.Number}/{stages.Count}{(stage.Title is null || !isTitled ? "" : $" {stage.Title}")}");
        var complete = state.Tasks.Count(task => task.IsComplete);
        yield return $"{complete} of {state.Tasks.Count} complete";
    }

    private static IEnumerable<Phrase> Left(LiveScene scene, TimeLeft? left)
    {
        if (left is { Minutes.Median: > 0 } && scene.State is { Waiting: RunWait.Nobody, ApprovedChanges: null })
            yield return $"~{Figures.MinuteRange(left.Minutes.Median, left.Minutes.High, scene.Glyphs.Range)} left";
    }

    private static IEnumerable<Phrase> Money(LiveScene scene)
    {
        var (spent, budget) = (BudgetRules.Spent(scene.State), scene.State.Settings.Budget);
        if (budget is not { } cap)
        {
            yield return spent.ToString();
            yield break;
        }

        var share = cap > Cost.Zero ? Math.Clamp((double)(spent.Usd / cap.Usd), 0, 1) : 1;
        var full = (int)Math.Ceiling(share * MeterCells);
        var isPlain = scene.Glyphs == Glyphs.Plain;
        var meter = new string(isPlain ? '#' : '█', full) + new string(isPlain ? '.' : '░', MeterCells - full);
        yield return $"{spent} of {cap} {meter}";
    }

    private static IEnumerable<Phrase> Tokens(RunState state)
    {
        var usage = state.Calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage);
        var cached = usage.TotalInput == 0 ? 0 : (int)Math.Round(100.0 * usage.CacheRead / usage.TotalInput);
        yield return $"{LiveFigures.Short(usage.Total)} tokens, {cached}% of input cached";
    }

    private static IEnumerable<Phrase> Path(LiveScene scene, TimeLeft? left)
    {
        if (left is { CriticalPath.Count: > 0 } && scene.State.Waiting is RunWait.Nobody)
            yield return $"longest chain: {string.Join(", ", left.CriticalPath.Select(id => scene.State.Task(id).Agent))}";
    }

    private static LiveLine Joined(LiveScene scene, IReadOnlyList<Phrase> parts)
    {
        var line = new LiveLine();
        foreach (var part in parts)
            line.Add(Ink.Faint(line.Cells == 0 ? "" : scene.Glyphs.Dot)).Add(part);
        return line;
    }
}
