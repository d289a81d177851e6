using System.Text.Json.Nodes;
using Planlane.Simulator.Wire;
using Planlane.Values;

namespace Planlane.Simulator.Scripting;

/// <summary>The scripted agent of one task: does what its conversation does not show as done, then calls <c>finish</c>.</summary>
internal sealed class AgentScript(Scenario scenario, TaskId task, ScenarioTask script, bool faults, bool mendsByEdit = false)
{
    private const int Patience = 2;

    public Answer Answer(AgentMemory memory, Func<string> nextId)
    {
        var left = Steps(memory).Where(step => !step.IsDone(memory)).ToList();
        var blocked = left.Where(step => step.Refusals(memory) >= Patience).ToList();
        left.RemoveAll(blocked.Contains);
        var unread = left.Where(step => step.Refusals(memory) > 0 && !step.IsReadAgain(memory)).ToList();
        left.RemoveAll(unread.Contains);

        var trial = Trial(memory);
        var calls = new List<(string Tool, JsonObject Input)>();
        if (trial is not null)
            calls.Add((trial.Tool, trial.Input()));
        calls.AddRange(left.Where(step => trial is null || trial is AgentStep.Write || step.Path != trial.Path).Select(step => (step.Tool, step.Input())));
        if (unread.Count > 0)
            calls.Add(("read_files", new JsonObject { ["paths"] = new JsonArray([.. unread.Select(step => step.Path).Distinct().Select(path => JsonValue.Create(path))]) }));
        if (trial is null && unread.Count == 0)
            calls.Add(("finish", Finish(memory, left.Count > 0, blocked)));
        if (script.OneByOne)
            calls.RemoveRange(1, calls.Count - 1);
        return new Answer([.. Says(calls), .. calls.Select(call => new AnswerBlock.ToolUse(nextId(), call.Tool, call.Input.ToJsonString(WireJson.Compact)))], "tool_use");
    }

    // The final form of each file depends on what was said: a reviewer asks for the other version, a failed check for the one without the fault.
    private IEnumerable<AgentStep> Steps(AgentMemory memory)
    {
        var changes = memory.Was("review") ? scenario.Changes(task) : new Dictionary<string, string>();
        var broken = faults && script.Fault is { Kind: ScenarioFaultKind.CompileError } fault ? fault.Path : null;
        foreach (var path in script.Writes.Where(path => path != broken && !changes.ContainsKey(path)))
            yield return mendsByEdit ? MendStep.Of(memory, path, scenario.Gold(path)!) : new AgentStep.Write(path, scenario.Gold(path)!);
        foreach (var edit in script.Edits.Where(edit => edit.Path != broken && !changes.ContainsKey(edit.Path)))
            yield return new AgentStep.Edit(edit.Path, edit.Old, edit.New);
        if (broken is not null && !changes.ContainsKey(broken))
            yield return new AgentStep.Write(broken, (memory.Was("check") ? scenario.Gold(broken) : scenario.Faulty(task, broken))!);
        foreach (var (path, content) in changes.OrderBy(change => change.Key, StringComparer.Ordinal))
            yield return new AgentStep.Write(path, content);
    }

    // A call that is meant to be refused; null once it was tried.
    private AgentStep? Trial(AgentMemory memory)
    {
        AgentStep? trial = script.Fault switch
        {
            _ when !faults => null,
            { Kind: ScenarioFaultKind.BadEdit } edit => new AgentStep.Edit(edit.Path, edit.Old, edit.New),
            { Kind: ScenarioFaultKind.OutsideLane } outside => new AgentStep.Write(outside.Path, scenario.Gold(outside.Path) ?? scenario.Base(outside.Path) ?? "\n"),
            _ => null,
        };
        return trial is not null && memory.Calls.Any(trial.IsSame) ? null : trial;
    }

    private JsonObject Finish(AgentMemory memory, bool wrote, List<AgentStep> blocked)
    {
        var notes = (memory.Latest, wrote) switch
        {
            _ when blocked.Count > 0 => $"The change of {string.Join(", ", blocked.Select(step => step.Path).Distinct())} was refused twice.",
            ("review", false) => "I am a scripted model: I can only repeat my recorded work.",
            ("check", false) => "I am a scripted model: nothing of my recorded work is left to write.",
            _ => script.Notes,
        };
        var finish = new JsonObject { ["status"] = blocked.Count > 0 ? "blocked" : "complete" };
        // What was said before stands.
        var isSaid = memory.Calls.Any(call => call.Name == "finish" && call.Text("work") is not null);
        if (!isSaid)
            finish["work"] = script.Work;
        if (notes is not null)
            finish["notes"] = notes;
        if (!isSaid && blocked.Count == 0 && Evidence() is { Count: > 0 } evidence)
            finish["evidence"] = evidence;
        return finish;
    }

    // What no recorded test shows is left out.
    private JsonArray Evidence() => new([.. script.Tests.Take(scenario.Criteria(task)).Index().Where(item => item.Item is not null).Select(item => new JsonObject { ["criterion"] = item.Index + 1, ["test"] = item.Item })]);

    private static IEnumerable<AnswerBlock> Says(List<(string Tool, JsonObject Input)> calls)
    {
        var names = calls.Where(call => call.Tool != "finish").SelectMany(call => PathsOf(call.Input)).Select(path => new RepoPath(path).Name).Distinct().ToList();
        if (names.Count == 0)
            yield break;
        var verb = calls.Exists(call => call.Tool == "read_files") ? "Reading again before I change" : "Writing";
        yield return new AnswerBlock.Text($"{verb} {string.Join(", ", names)}.");
    }

    private static IEnumerable<string> PathsOf(JsonObject input) => input["paths"]?.AsArray().Select(path => path!.GetValue<string>()) ?? [input["path"]!.GetValue<string>()];
}
