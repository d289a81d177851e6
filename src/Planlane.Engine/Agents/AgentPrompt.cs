using System.Text;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Tools;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Agents;

/// <summary>Builds an agent's conversation: rules, tools and shared context byte for byte the same for all agents of a run, then its own brief, then its turns.</summary>
public static class AgentPrompt
{
    /// <summary>The request for an agent's next turn.</summary>
    /// <param name="task">The task.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="shared">The context that all agents share.</param>
    /// <param name="brief">The task's own brief.</param>
    /// <param name="isAlone">Whether the agent does the whole request by itself.</param>
    /// <param name="isBriefKept">Whether the brief, too, is written to the prompt cache, for the agent's own later turns.</param>
    /// <param name="isSharedLong">Whether the shared context is written to the prompt cache for an hour.</param>
    public static ModelRequest For(TaskState task, ModelFacts model, string shared, string brief, bool isAlone = false, bool isBriefKept = false, bool isSharedLong = false)
    {
        var kept = isBriefKept ? CacheLifetime.FiveMinutes : CacheLifetime.None;
        return Conversation(
            model,
            [new ModelBlock.Text(shared) { Cache = isSharedLong ? CacheLifetime.OneHour : CacheLifetime.FiveMinutes }, new ModelBlock.Text(brief) { Cache = kept }],
            task.Turns,
            task.Prompt,
            isAlone ? AgentAlone.Rules : Prompts.Read("Agents/AgentPrompt.md"));
    }

    /// <summary>The request for the next turn of the planner's model when it takes a task over in a conversation of its own. Mostly it answers once, so that nothing is written to the cache before its second turn.</summary>
    /// <param name="task">The task.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="handover">What it is given.</param>
    public static ModelRequest Handover(TaskState task, ModelFacts model, string handover) =>
        Conversation(model, [new ModelBlock.Text(handover), .. HandoverRules.Said(task).Select(said => new ModelBlock.Text(WordsOf(said)))], task.CurrentTurns.ToValueList(), task.Prompt, Prompts.Read("Agents/AgentPrompt.md"));

    private static ModelRequest Conversation(ModelFacts model, IEnumerable<ModelBlock> opening, ValueList<Turn> turns, Feedback? next, string rules)
    {
        // What was said before the first turn: an attempt that ended without one may be made again with words.
        IEnumerable<ModelBlock> said = (turns.Count > 0 ? turns[0].Prompted : next) is { } words ? [new ModelBlock.Text(WordsOf(words))] : [];
        var messages = new List<ModelMessage> { new(ModelRole.User, [.. opening, .. said]) };
        for (var i = 0; i < turns.Count; i++)
        {
            messages.Add(AnswerMapping.MessageOf(turns[i], model.Id));
            // The one before the last was written to the cache by the turn before. It is marked again, as the API looks back 20 blocks only, and a turn of many tool calls has more.
            messages.Add(new ModelMessage(ModelRole.User, Reply(turns[i], i + 1 < turns.Count ? turns[i + 1].Prompted : next, isKept: i + 2 >= turns.Count)));
        }

        return new ModelRequest(model.Id, BudgetRules.AnswerTokens(model), messages.ToValueList())
        {
            System = [new ModelBlock.Text(rules)],
            Tools = ToolBox.Declarations,
        };
    }

    /// <summary>The request that reads the shared context from the prompt cache and does nothing else, so that it stays there.</summary>
    /// <param name="turn">The request of an agent's turn.</param>
    public static ModelRequest Renewal(ModelRequest turn) => turn with { MaxOutputTokens = 0, Messages = [turn.Messages[0] with { Blocks = [turn.Messages[0].Blocks[0]] }] };

    /// <summary>The context that all agents of a run share.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="instructions">The project's instruction files, as a section.</param>
    /// <param name="files">The list of files, as a section.</param>
    /// <param name="common">Files that more than one task reads, with their text.</param>
    /// <param name="withBriefs">Whether it tells of each task what its own agent is told to do; when that is done is for its agent alone.</param>
    public static string Shared(RunRequest request, Plan plan, string instructions, string files, IEnumerable<(RepoPath Path, string Text)> common, bool withBriefs = false)
    {
        var text = new StringBuilder("<shared>\n").Append(Common(request, plan, instructions, withBriefs)).Append(files).Append("\nFiles that several tasks read, and others for orientation; what is not named in your brief you may ignore:\n");
        AppendFiles(text, common);
        return text.Append("</shared>").ToString();
    }

    /// <summary>What the planner's model is given when it takes a task over: what all share but for the list of files and the briefs of siblings that its own does not name, and the task with its files as they are now.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="instructions">The project's instruction files, as a section.</param>
    /// <param name="task">The task.</param>
    /// <param name="read">The files that it reads, or may write and has not changed, with their text.</param>
    /// <param name="changed">The files that it has changed, as they are now.</param>
    public static string Handover(RunRequest request, Plan plan, string instructions, TaskState task, IEnumerable<(RepoPath Path, string Text)> read, IEnumerable<(RepoPath Path, string Text)> changed)
    {
        var text = new StringBuilder(Brief(task, read, referred: BriefReferences.Of(plan, task.Task), lane: task.HandedLane ?? task.Lane));
        text.Length -= TaskEnd.Length;
        text.Append($"\n{Common(request, plan, instructions, withBriefs: false)}Another agent has worked on this task and did not get it right. These are its files as they are now; keep what is good, and mend what is said below.\n<so-far>\n");
        AppendFiles(text, changed);
        return text.Append("</so-far>\n").Append(TaskEnd).ToString();
    }

    /// <summary>An agent's own brief.</summary>
    /// <param name="task">The task.</param>
    /// <param name="files">The files that it reads or owns and that exist, with their text.</param>
    /// <param name="isInPlan">Whether the shared context tells all that is to be done, so that only what nobody else needs is left.</param>
    /// <param name="referred">The tasks that the brief names, see <see cref="BriefReferences"/>; told here when the shared context does not tell of them.</param>
    /// <param name="lane">What it may write; null for what was planned, so that the brief stays the same whatever is granted.</param>
    public static string Brief(TaskState task, IEnumerable<(RepoPath Path, string Text)> files, bool isInPlan = false, IEnumerable<PlannedTask>? referred = null, Ownership? lane = null)
    {
        var what = isInPlan ? $"Your task is {task.Id} of the plan above: do all that it says there, and nothing of the others." : task.Task.Brief;
        var text = new StringBuilder($"<task id=\"{task.Id}\" agent=\"{task.Agent}\">\n# {task.Task.Title}\n\n{what}\n\nYour lane (the only paths you may write):\n")
            .AppendJoin('\n', (lane ?? task.Task.Owns).Paths.Select(path => $"- {path}")).Append('\n');
        if (!isInPlan)
            text.Append(ToldToOthers(referred ?? []));
        if (task.Task.Acceptance.Count > 0)
            text.Append("\nDone when:\n").Append(string.Concat(task.Task.Acceptance.Select((item, index) => $"{index + 1}. {item}\n")));
        if (task.Task.Check is { } check)
            text.Append($"\nThis command is run when you finish and must pass: {check}\n");
        text.Append('\n');
        AppendFiles(text, files);
        return text.Append(TaskEnd).ToString();
    }

    /// <summary>Whether the shared context tells of each task what its own agent is told.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="sharedTokens">Estimated tokens of the shared context without that, with the rules and the tools before it.</param>
    public static bool SharesBriefs(Plan plan, int sharedTokens) =>
        PrefixRules.SharesBriefs(plan.Tasks.Sum(task => TokenCount.Of(BriefOf(task))), sharedTokens, plan.Tasks.Count);

    /// <summary>Estimated tokens of a shared context with the rules and the tools before it.</summary>
    public static int PrefixTokensOf(string shared) => FixedTokens + TokenCount.Of(shared);

    private const string TaskEnd = "</task>";

    private static int FixedTokens { get; } = TokenCount.Of(Prompts.Read("Agents/AgentPrompt.md"))
        + ToolBox.Declarations.Sum(tool => TokenCount.Of(tool.Name + tool.Description + tool.InputSchema));

    // Every result of a turn goes into one message; what is said to the agent travels in the result of its finish call, as text behind results makes models end their turn.
    private static ValueList<ModelBlock> Reply(Turn turn, Feedback? said, bool isKept)
    {
        var blocks = (turn.Results ?? []).Select(ModelBlock (result) => new ModelBlock.ToolResult(result.CallId, result.Text, result.IsError)).ToList();
        var words = said is null ? null : WordsOf(said);
        foreach (var finish in turn.ToolCalls.Where(call => call.Name == Turn.FinishTool))
            blocks.Add(new ModelBlock.ToolResult(finish.Id, finish == turn.Finish ? words ?? "Noted. Go on." : "Only the last finish call counts.", said is { Kind: not FeedbackKind.Review } && finish == turn.Finish));
        if (turn.Finish is null && words is not null)
            blocks.Add(new ModelBlock.Text(words));
        if (blocks.Count == 0)
            blocks.Add(new ModelBlock.Text("Go on."));
        if (isKept)
            blocks[^1] = blocks[^1] with { Cache = CacheLifetime.FiveMinutes };
        return blocks.ToValueList();
    }

    private static string WordsOf(Feedback said) => $"<feedback kind=\"{said.Kind.ToString().ToLowerInvariant()}\">\n{said.Text}\n</feedback>";

    private static string Common(RunRequest request, Plan plan, string instructions, bool withBriefs) =>
        $"<request>\n{request.Goal}\n{string.Join('\n', request.Constraints.Select(item => $"- {item}"))}\n</request>\n\n{PlanSection(plan, withBriefs)}\n{instructions}";

    private static string PlanSection(Plan plan, bool withBriefs)
    {
        var text = new StringBuilder("<plan>\n");
        if (plan.Conventions.Trim() is { Length: > 0 } conventions)
            text.Append("What holds for all tasks:\n").Append(conventions).Append("\n\n");
        text.Append("All tasks, each with its owner's lane:\n");
        foreach (var task in plan.Tasks)
            text.Append($"- {task.Id}: {task.Title} — owns {task.Owns}{(task.DependsOn.Count > 0 ? $" — after {string.Join(", ", task.DependsOn)}" : "")}\n{(withBriefs ? BriefOf(task) : "")}");
        foreach (var contract in plan.Contracts)
            text.Append($"\n<contract path=\"{contract.Path}\">\n{contract.Content.TrimEnd('\n')}\n</contract>\n");
        return text.Append("</plan>\n").ToString();
    }

    // Indented, so that where one task ends cannot be mistaken.
    private static string BriefOf(PlannedTask task) =>
        string.Concat(task.Brief.TrimEnd('\n').Split('\n').Select(line => $"  {line}\n"));

    private static string ToldToOthers(IEnumerable<PlannedTask> tasks)
    {
        var told = string.Concat(tasks.Select(task => $"- {task.Id}: {task.Title}\n{BriefOf(task)}"));
        return told.Length == 0 ? "" : $"\nWhat the tasks that it names are told:\n{told}";
    }

    private static void AppendFiles(StringBuilder text, IEnumerable<(RepoPath Path, string Text)> files)
    {
        foreach (var (path, content) in files)
            text.Append($"<file path=\"{path}\">\n").Append(content).Append(content.EndsWith('\n') ? "" : "\n").Append("</file>\n");
    }
}
