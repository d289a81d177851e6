using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planlane.Budgets;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Scripting;

/// <summary>One agent that does the whole request by itself in many turns: looks around, writes, builds between, mends what a build finds, tests, and says that it is done.</summary>
/// <remarks>Each regular call carries the number of its turn in <c>step</c>, by which the next one knows where the work stands, whatever went wrong between.</remarks>
internal sealed class AloneScript(Scenario scenario, ScenarioTask whole, AlonePace pace)
{
    private const int LookingTurns = 2;
    private const int EndingTurns = 3;
    private const string Prose = "I have looked at what is there and follow the style of the code around it. The next part fits what the request asks for and what I have written so far. ";

    /// <summary>The next answer.</summary>
    /// <param name="memory">What the conversation shows.</param>
    /// <param name="answered">How many answers it holds.</param>
    /// <param name="nextId">Makes ids for calls.</param>
    public Answer Answer(AgentMemory memory, int answered, Func<string> nextId)
    {
        var calls = Mending(memory) is { Count: > 0 } mending ? mending : Regular(memory, answered);
        var text = new AnswerBlock.Text(calls.Count == 0 ? $"Everything is written; the build and the tests pass. {Words()}" : Words());
        return new Answer([text, .. calls.Select(call => new AnswerBlock.ToolUse(nextId(), call.Tool, call.Input.ToJsonString(WireJson.Compact)))], calls.Count == 0 ? "end_turn" : "tool_use");
    }

    // After a build that failed: the edits and the same build again, in one answer. After an edit that was refused: the edit.
    private List<Call> Mending(AgentMemory memory)
    {
        // A test that builds nothing itself needs the build before it.
        var runs = memory.Calls.Reverse().TakeWhile(call => call.Name == "run").DistinctBy(call => call.Text("command")).ToList();
        var failed = runs.Exists(run => run.Refused);
        var refused = memory.Calls.Where(call => call.Refused && call.Name == "edit_file").Select(call => call.Path).ToHashSet();
        var mends = (from path in memory.Calls.Where(call => call.Name is "write_file" or "edit_file").Select(call => call.Path).OfType<string>().Distinct()
                     where failed || refused.Contains(path)
                     let held = FileEdits.Held(memory, path, scenario.Base(path))
                     let wanted = scenario.Gold(path)
                     where held is not null && wanted is not null && held != wanted
                     select Edit(path, [FileEdits.Between(held, wanted)])).ToList();
        if (failed)
            mends.AddRange(Checks().Take(runs[0].Text("command") == Checks()[0] ? 1 : 2).Select(Run));
        return mends;
    }

    // The turns of an agent are counted with those in which it mends its own mistakes: for each, one in which it would have looked again or built in between is left out.
    private List<Call> Regular(AgentMemory memory, int answered)
    {
        var step = memory.Calls.Select(StepOf).DefaultIfEmpty(0).Max() + 1;
        var schedule = Schedule().ToList();
        while (answered >= step && step < schedule.Count && IsBetween(schedule, step))
            step++;
        var calls = schedule.ElementAtOrDefault(step - 1) ?? [];
        foreach (var call in calls)
            call.Input["step"] = step;
        return calls;
    }

    private IEnumerable<List<Call>> Schedule()
    {
        var (files, reads, checks) = (Files().ToList(), Reads(), Checks());
        yield return [new Call("list_files", [])];
        if (pace.IsBatched)
        {
            yield return [.. reads.Select(Read)];
            var batches = pace.Turns - LookingTurns - 2;
            for (var batch = 0; batch < batches; batch++)
                if (files[(files.Count * batch / batches)..(files.Count * (batch + 1) / batches)] is { Count: > 0 } some)
                    yield return some;
                else
                    yield return [Read(reads[batch % reads.Count])];
            yield return [.. checks.Select(Run)];
            yield break;
        }

        yield return [Read(reads[0])];
        var others = Math.Max(0, pace.Turns - LookingTurns - EndingTurns - files.Count);
        for (var (file, other) = (0, 0); file < files.Count; file++)
        {
            yield return [files[file]];
            for (; other < others * (file + 1) / files.Count; other++)
                yield return [other % 2 == 0 ? Run(checks[0]) : Read(reads[(1 + (other / 2)) % reads.Count])];
        }

        yield return [Run(checks[0])];
        yield return [Run(checks[^1])];
    }

    private static bool IsBetween(List<List<Call>> schedule, int step) =>
        step > LookingTurns && step < schedule.Count - 1 && schedule[step - 1] is [{ Tool: "run" or "read_file" }];

    private IEnumerable<Call> Files()
    {
        foreach (var path in whole.Writes)
            yield return new Call("write_file", new JsonObject { ["path"] = path, ["content"] = scenario.Gold(path) });
        foreach (var edits in whole.Edits.GroupBy(edit => edit.Path))
            yield return Edit(edits.Key, [.. edits.Select(edit => (edit.Old, edit.New))]);
    }

    // What the plan's tasks read, without what the work itself makes; the first file of the base where they read nothing.
    private List<string> Reads()
    {
        using var plan = JsonDocument.Parse(scenario.Plan);
        var read = plan.RootElement.GetProperty("tasks").EnumerateArray()
            .SelectMany(task => task.TryGetProperty("reads", out var paths) ? paths.EnumerateArray().Select(path => path.GetString()!).ToList() : [])
            .Concat(whole.Edits.Select(edit => edit.Path)).Distinct().Where(path => scenario.Base(path) is not null).ToList();
        return read.Count > 0 ? read : ["README.md"];
    }

    private List<string> Checks()
    {
        using var plan = JsonDocument.Parse(scenario.Plan);
        return [.. plan.RootElement.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("command").GetString()!)];
    }

    // What is said in each answer, so that code is the wanted share of all output.
    private string Words()
    {
        var code = whole.Writes.Sum(path => TokenCount.Of(scenario.Gold(path)!)) + whole.Edits.Sum(edit => TokenCount.Of(edit.Old + edit.New));
        var bytes = (int)(code * ((1 / pace.CodeShare) - 1) / pace.Turns * TokenCount.BytesPerToken);
        var words = new StringBuilder(Prose);
        while (words.Length < bytes)
            words.Append(Prose);
        return words.ToString(0, Math.Clamp(bytes, 20, words.Length));
    }

    private static Call Read(string path) => new("read_file", new JsonObject { ["path"] = path });

    private static Call Run(string command) => new("run", new JsonObject { ["command"] = command });

    private static Call Edit(string path, IEnumerable<(string Old, string New)> edits) => new("edit_file", new JsonObject
    {
        ["path"] = path,
        ["edits"] = new JsonArray([.. edits.Select(edit => new JsonObject { ["old_text"] = edit.Old, ["new_text"] = edit.New })]),
    });

    private static int StepOf(PastCall call) =>
        call.Input.ValueKind == JsonValueKind.Object && call.Input.TryGetProperty("step", out var step) && step.TryGetInt32(out var number) ? number : 0;

    private sealed record Call(string Tool, JsonObject Input);
}
