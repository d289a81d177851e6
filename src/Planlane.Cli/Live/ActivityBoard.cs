using System.Text;
using Planlane.Agents;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Cli.Live;

/// <summary>What each agent does at this moment, from what was recorded and, where there is more, from what is told between two events. Not thread-safe.</summary>
internal sealed class ActivityBoard
{
    /// <summary>What an agent does while its model answers in words.</summary>
    internal const string Answers = "answers";

    private const int MostHeard = 4_000;

    // The planner has no agent's name, and the checks of all work have none either.
    private static readonly AgentId Planner = new("planner");
    private static readonly AgentId Whole = new("checks");

    private readonly Dictionary<AgentId, Post> _posts = [];

    /// <summary>What an agent does; null when nothing is known.</summary>
    public AgentNow? Of(AgentId agent) => _posts.TryGetValue(agent, out var post) ? new AgentNow(post.Doing, post.Since, post.Begun, post.Heard.ToString()) { Letters = post.Letters } : null;

    /// <summary>What the planner does.</summary>
    public AgentNow? OfPlanner => Of(Planner);

    /// <summary>Since when the work of all is combined and checked.</summary>
    public AgentNow? OfWhole => Of(Whole);

    /// <summary>Takes what was recorded.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="after">The run after it.</param>
    public void Take(RecordedEvent recorded, RunState after)
    {
        var at = recorded.At;
        switch (recorded.Event)
        {
            case RunResumed: _posts.Clear(); break;
            case StepBegun begun: Begin(begun.Step, after, at); break;
            case RequestTriaged: Set(Planner, "is asked next", at); break;
            case PlanAnswered: Set(Planner, "checks the plan", at); break;
            case TurnAnswered answered: Set(after, answered.TaskId, Answered(after.Task(answered.TaskId)), at); break;
            case TurnActed acted: Set(after, acted.TaskId, "goes on", at); break;
            case TaskChecked check: Set(after, check.TaskId, check.Result.Passed ? "its check passed" : "its check failed", at); break;
            case FeedbackGiven feedback: Set(after, feedback.TaskId, "reads what is to be mended", at); break;
            case FileRequested { Decision: FileDecision.Queued } queued: Set(after, queued.TaskId, $"waits for {queued.Path}", at); break;
            case AgentStopped stopped: Set(after, stopped.TaskId, "is stopped", at); break;
            case TaskReported reported: _posts.Remove(reported.Report.Agent); break;
        }
    }

    /// <summary>Takes what is told of this moment.</summary>
    public void Take(AgentActivity told, DateTimeOffset at)
    {
        var agent = told.Agent ?? Planner;
        switch (told.Activity)
        {
            case RunActivity.OfTool tool: Set(agent, ToolWords.Doing(tool.Tool, tool.Subject), at); break;
            case RunActivity.OfCheck check: Set(agent, $"runs its check: {check.Command}", at); break;
            case RunActivity.OfModel { What: ModelActivity.Text text }: Hear(agent, text.Piece, at); break;
            case RunActivity.OfModel { What: ModelActivity.ToolStarted tool }: Set(agent, ToolWords.Writing(tool.Tool), at); break;
            case RunActivity.OfModel { What: ModelActivity.FirstByte }:
                Set(agent, Answers, at);
                // Another answer; or the same one told again, when it was cut off.
                _posts[agent].Heard.Clear();
                _posts[agent].Letters = 0;
                break;
            case RunActivity.OfModel { What: ModelActivity.Sent } model: Set(agent, $"asks {model.Model}", at); break;
            case RunActivity.OfModel { What: ModelActivity.Waiting waiting }:
                Set(agent, $"tries again in {Output.Figures.Duration(Math.Round(waiting.Delay.TotalSeconds))}: {WordsOf(waiting.Fault)}", at);
                break;
        }
    }

    private void Begin(StepId step, RunState after, DateTimeOffset at)
    {
        if (step == new RunStep.Triage().Id)
            _posts[Planner] = new Post(at) { Doing = "looks whether this divides" };
        else if (step.Value.StartsWith("plan:", StringComparison.Ordinal))
            _posts[Planner] = new Post(at) { Doing = "reads the map and the request" };
        else if (step.Value.StartsWith("combine:", StringComparison.Ordinal))
            _posts[Whole] = new Post(at) { Doing = "run on all work together" };
        else if (after.Tasks.FirstOrDefault(task => task.Order is { } order && step == new RunStep.Attempt(task.Id, order.Attempt).Id) is { } begun)
            _posts[begun.Agent] = new Post(at) { Doing = "begins" };
    }

    private static string WordsOf(ModelFault fault) => fault switch
    {
        ModelFault.RateLimited => "too many requests or tokens a minute",
        ModelFault.Overloaded => "the vendor is overloaded",
        ModelFault.ServerError => "the vendor failed",
        _ => "the call did not get through",
    };

    private static string Answered(TaskState task) => task.Turns[^1].ToolCalls.LastOrDefault() is { } call
        ? ToolWords.Doing(call.Name, ToolWords.SubjectOf(call.Input))
        : "has answered";

    private void Set(RunState state, TaskId task, string doing, DateTimeOffset at) => Set(state.Task(task).Agent, doing, at);

    private void Set(AgentId agent, string doing, DateTimeOffset at)
    {
        if (!_posts.TryGetValue(agent, out var post))
            _posts[agent] = post = new Post(at);
        if (post.Doing != doing)
            (post.Doing, post.Since) = (doing, at);
    }

    private void Hear(AgentId agent, string piece, DateTimeOffset at)
    {
        Set(agent, Answers, at);
        _posts[agent].Letters += piece.Length;
        var heard = _posts[agent].Heard.Append(piece);
        if (heard.Length > MostHeard)
            heard.Remove(0, heard.Length - (MostHeard / 2));
    }

    private sealed class Post(DateTimeOffset begun)
    {
        public DateTimeOffset Begun { get; } = begun;

        public DateTimeOffset Since { get; set; } = begun;

        public string Doing { get; set; } = "";

        public StringBuilder Heard { get; } = new();

        public int Letters { get; set; }
    }
}

/// <summary>What an agent does at this moment.</summary>
/// <param name="Doing">In words that follow its name.</param>
/// <param name="Since">Since when it does that.</param>
/// <param name="Begun">When its attempt began.</param>
/// <param name="Heard">The end of what its model has said in this attempt.</param>
internal sealed record AgentNow(string Doing, DateTimeOffset Since, DateTimeOffset Begun, string Heard)
{
    /// <summary>How many letters of its answer have come.</summary>
    public int Letters { get; init; }

    /// <summary>What it does, and for what takes a while how far it is.</summary>
    public string At(DateTimeOffset now) => Doing switch
    {
        ActivityBoard.Answers when Letters > 0 => $"{Doing}, {LiveFigures.Short(Letters)} letters so far",
        _ when Doing.StartsWith("runs ", StringComparison.Ordinal) && now - Since is { TotalSeconds: >= 2 } passed => $"{Doing} ({Output.Figures.Duration(Math.Floor(passed.TotalSeconds))})",
        _ => Doing,
    };
}
