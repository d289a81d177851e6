using Planlane.Agents;
using Planlane.Approval;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Html;

/// <summary>Draws the plan's graph: a column for each stage, a box for each task, a line for each dependency; the longest chain is drawn strong.</summary>
internal static class PlanDrawing
{
    private const double BoxWidth = 236;
    private const double BoxHeight = 52;
    private const double ColumnGap = 72;
    private const double RowGap = 14;
    private const double Top = 30;
    private const int MostLetters = 31;

    public static void Write(HtmlWriter html, RunState state, Plan plan)
    {
        var stages = PlanGraph.StagesOf(plan);
        var chain = plan.Tasks.Any(task => task.DependsOn.Count > 0) ? PlanGraph.LongestChain(plan, WeightOf(state)) : [];
        var places = (from stage in stages
                      from task in stage.Tasks.Index()
                      select (task.Item.Id, X: (stage.Number - 1) * (BoxWidth + ColumnGap), Y: Top + (task.Index * (BoxHeight + RowGap)))).ToDictionary(place => place.Id, place => (place.X, place.Y));
        var (width, height) = ((stages.Count * (BoxWidth + ColumnGap)) - ColumnGap, Top + (stages.Max(stage => stage.Tasks.Count) * (BoxHeight + RowGap)));
        using (html.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", "Plan graph")))
        using (html.In("svg", ("viewBox", $"-2 0 {Ids.Number(width + 4)} {Ids.Number(height)}"), ("width", Ids.Number(width + 4)), ("height", Ids.Number(height)), ("role", "img"), ("aria-label", Described(stages, chain, state, plan))))
        {
            foreach (var stage in stages)
                html.Element("text", $"Stage {stage.Number}{(stage.Title is null ? "" : $": {stage.Title}")}", ("class", "head"), ("x", Ids.Number(((stage.Number - 1) * (BoxWidth + ColumnGap)) + 1)), ("y", "14"));
            foreach (var task in plan.Tasks)
                foreach (var below in task.DependsOn.Where(places.ContainsKey))
                    Line(html, places[below], places[task.Id], IsStrong(chain, below, task.Id));
            var agents = AgentNaming.Of(plan, state.Settings);
            foreach (var (index, task) in plan.Tasks.Index())
                Box(html, state, task, agents[index], places[task.Id], chain.Contains(task.Id));
        }

        if (chain.Count > 1)
            html.Element("p", $"The longest chain, {string.Join(" → ", chain.Select(id => AgentOf(state, plan, id)))}, is drawn strong: the run cannot be faster.", ("class", "aside"));
    }

    // Seconds as measured once every task has been worked on; before, what each is expected to write.
    private static Func<PlannedTask, double> WeightOf(RunState state) => state.Tasks.Count > 0 && state.Tasks.All(task => task.AttemptTimes.Count > 0)
        ? task => state.Task(task.Id).AttemptTimes.Sum(time => (time.End ?? state.WorkSeconds) - time.Start)
        : task => task.Estimate.OutputTokens;

    private static void Line(HtmlWriter html, (double X, double Y) from, (double X, double Y) to, bool isStrong)
    {
        var (x1, y1, x2, y2) = (from.X + BoxWidth, from.Y + (BoxHeight / 2), to.X, to.Y + (BoxHeight / 2));
        var bend = ColumnGap * 0.55;
        html.Element(
            "path",
            "",
            ("class", isStrong ? "edge strong" : "edge"),
            ("d", $"M{Ids.Number(x1)} {Ids.Number(y1)} C{Ids.Number(x1 + bend)} {Ids.Number(y1)} {Ids.Number(x2 - bend)} {Ids.Number(y2)} {Ids.Number(x2)} {Ids.Number(y2)}"));
    }

    private static void Box(HtmlWriter html, RunState state, PlannedTask task, AgentId agent, (double X, double Y) place, bool isStrong)
    {
        var (x, y) = place;
        var known = state.Tasks.FirstOrDefault(other => other.Id == task.Id);
        using (html.In("g", ("class", $"box {(isStrong ? "strong " : "")}{StateOf(known)}")))
        {
            html.Element("title", $"{agent}: {task.Title}. Writes {task.Owns}");
            html.Element("rect", "", ("x", Ids.Number(x)), ("y", Ids.Number(y)), ("width", Ids.Number(BoxWidth)), ("height", Ids.Number(BoxHeight)), ("rx", "6"));
            html.Element("rect", "", ("class", known is null ? "bar" : $"bar {Ids.ColourOf(state, task.Id)}"), ("x", Ids.Number(x)), ("y", Ids.Number(y + 8)), ("width", "4"), ("height", Ids.Number(BoxHeight - 16)), ("rx", "2"));
            html.Element("text", Cut(task.Title), ("x", Ids.Number(x + 14)), ("y", Ids.Number(y + 22)));
            html.Element("text", Cut($"{agent}{(WordOf(known) is { } word ? $" · {word}" : "")}"), ("class", "small"), ("x", Ids.Number(x + 14)), ("y", Ids.Number(y + 40)));
        }
    }

    private static bool IsStrong(ValueList<TaskId> chain, TaskId from, TaskId to) => chain.Zip(chain.Skip(1)).Contains((from, to));

    private static AgentId AgentOf(RunState state, Plan plan, TaskId id) => AgentNaming.Of(plan, state.Settings)[plan.Tasks.Index().First(task => task.Item.Id == id).Index];

    private static string StateOf(TaskState? task) => task switch
    {
        { IsComplete: true } => "good",
        { Report: not null, IsOpen: false } => "bad",
        _ => "open",
    };

    private static string? WordOf(TaskState? task) => task switch
    {
        null or { Turns.Count: 0, Report: null } => null,
        { IsComplete: true } => "complete",
        { Report: { } report, IsOpen: false } => report.State.ToString().ToLowerInvariant(),
        _ => "at work",
    };

    private static string Described(ValueList<Stage> stages, ValueList<TaskId> chain, RunState state, Plan plan) =>
        $"{string.Join(". ", stages.Select(stage => $"Stage {stage.Number}: {string.Join(", ", stage.Tasks.Select(task => AgentOf(state, plan, task.Id)))}"))}. Longest chain: {string.Join(", ", chain.Select(id => AgentOf(state, plan, id)))}.";

    private static string Cut(string text) => text.Length <= MostLetters ? text : $"{text[..(MostLetters - 1)]}…";
}
