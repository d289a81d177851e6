using System.Text.Json;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Simulator.Scripting;

/// <summary>The recorded solution of one coding request: a sample repository, its plan, and what each agent writes.</summary>
/// <remarks>Immutable and thread-safe; the files of its folder are read when they are asked for.</remarks>
public sealed class Scenario
{
    private readonly Dictionary<TaskId, ScenarioTask> _tasks;
    private readonly Dictionary<string, string> _contracts;
    private readonly Dictionary<TaskId, int> _criteria;
    private readonly ScenarioFile _file;

    private readonly Scenario? _before;

    private Scenario(string folder, ScenarioFile file, string plan, Scenario? before)
    {
        using var parsed = JsonDocument.Parse(plan);
        (_file, _before) = (file, before);
        Folder = folder;
        Name = file.Name;
        Title = file.Title;
        Request = file.Request;
        Plan = plan;
        _contracts = ContractsOf(parsed.RootElement);
        _criteria = CriteriaOf(parsed.RootElement);
        _tasks = file.Tasks.ToDictionary(entry => new TaskId(entry.Key), entry => entry.Value);
    }

    /// <summary>The folder that it was read from.</summary>
    public string Folder { get; }

    /// <summary>The name by which it is opened, such as <c>auth</c>.</summary>
    public string Name { get; }

    /// <summary>One line that says what it shows.</summary>
    public string Title { get; }

    /// <summary>The request in the user's words; the only one that the scripted planner has a plan for.</summary>
    public string Request { get; }

    /// <summary>The plan document as JSON, as it was recorded.</summary>
    public string Plan { get; }

    /// <summary>The tasks that scripted agents can do.</summary>
    public IReadOnlyCollection<TaskId> Tasks => _tasks.Keys;

    /// <summary>The scenarios whose request is made after this one's work has landed; the same model knows them too.</summary>
    public IReadOnlyList<Scenario> FollowUps { get; private init; } = [];

    /// <summary>Reads a scenario.</summary>
    /// <param name="folder">The folder that holds <c>scenario.json</c>, <c>plan.json</c>, <c>base/</c> and <c>gold/</c>, and in <c>followups/</c> others like it, which begin with this one's finished repository.</param>
    /// <exception cref="PlanlaneException">The folder holds no valid scenario.</exception>
    public static Scenario Load(string folder) => Load(folder, null);

    private static Scenario Load(string folder, Scenario? before)
    {
        try
        {
            var file = JsonSerializer.Deserialize<ScenarioFile>(File.ReadAllText(Path.Combine(folder, "scenario.json")), ScenarioFile.Json)
                ?? throw new JsonException("scenario.json is empty.");
            if (file.Format != 1)
                throw new JsonException($"Format {file.Format} is not known; this version reads format 1.");
            var scenario = new Scenario(folder, file, File.ReadAllText(Path.Combine(folder, "plan.json")), before).Checked();
            var after = Path.Combine(folder, "followups");
            return new Scenario(folder, file, scenario.Plan, before)
            {
                FollowUps = Directory.Exists(after) ? [.. Directory.EnumerateDirectories(after).Order(StringComparer.Ordinal).Select(sub => Load(sub, scenario))] : [],
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PlanlaneException(FaultKind.Failed, $"The scenario '{Path.GetFileName(folder)}' cannot be read: {fault.Message}", null, fault);
        }
    }

    /// <summary>The same scenario whose planner answers another plan document; its agents do what they did.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public Scenario WithPlan(string plan) => new(Folder, _file, plan, _before) { FollowUps = FollowUps };

    /// <summary>Copies the sample repository, as it is before the run, into a directory; makes the directory if it is missing and overwrites files.</summary>
    /// <param name="dir">The directory that becomes the repository's root; no git repository is made.</param>
    public void CopyBaseTo(string dir)
    {
        _before?.CopyBaseTo(dir);
        foreach (var root in new[] { _before?.Folder is { } earlier ? Path.Combine(earlier, "gold") : null, Path.Combine(Folder, "base") }.OfType<string>().Where(Directory.Exists))
            Copy(root, dir);
    }

    private static void Copy(string root, string dir)
    {
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(dir, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    /// <summary>A file of the finished repository that the run creates or changes, contracts included; null when it is none.</summary>
    public string? Gold(string path) => Read("gold", path) ?? _contracts.GetValueOrDefault(path);

    /// <summary>What is said before the planner is asked.</summary>
    internal ScenarioTriage Triage => _file.Triage ?? new ScenarioTriage(TriageAnswer.Unsure, RequestKind.Feature, "Nothing was recorded of this.");

    /// <summary>What a task's agent does; one agent alone does the recorded work of all, and writes the contracts.</summary>
    internal ScenarioTask? Find(TaskId task) => task.Value == SinglePlan.TaskName ? Whole() : _tasks.GetValueOrDefault(task);

    internal string? Base(string path) => Read("base", path) ?? _before?.Gold(path) ?? _before?.Base(path);

    /// <summary>The first version with a compile error.</summary>
    internal string? Faulty(TaskId task, string path) => Read("faulty", task.Value, path);

    /// <summary>How many acceptance criteria the plan has for a task.</summary>
    internal int Criteria(TaskId task) => _criteria.GetValueOrDefault(task);

    /// <summary>The files of the version that answers a reviewer, by path.</summary>
    internal IReadOnlyDictionary<string, string> Changes(TaskId task)
    {
        var root = Path.Combine(Folder, "changes", task.Value);
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);
    }

    /// <summary>The recorded work of all tasks, and the contracts, as one.</summary>
    internal ScenarioTask Whole() => new("Did the recorded work of all tasks")
    {
        Writes = _contracts.Keys.Concat(_tasks.Values.SelectMany(task => task.Writes)).Distinct().ToValueList(),
        Edits = _tasks.Values.SelectMany(task => task.Edits).ToValueList(),
    };

    private static Dictionary<string, string> ContractsOf(JsonElement plan) => plan.TryGetProperty("contracts", out var contracts)
        ? contracts.EnumerateArray().ToDictionary(contract => contract.GetProperty("path").GetString()!, contract => contract.GetProperty("content").GetString()!)
        : [];

    private static Dictionary<TaskId, int> CriteriaOf(JsonElement plan) => plan.TryGetProperty("tasks", out var tasks)
        ? tasks.EnumerateArray().ToDictionary(task => new TaskId(task.GetProperty("id").GetString()!), task => task.TryGetProperty("acceptance", out var items) ? items.GetArrayLength() : 0)
        : [];

    private Scenario Checked()
    {
        foreach (var (task, script) in _tasks)
        {
            foreach (var path in script.Writes.Where(path => Gold(path) is null))
                throw new JsonException($"Task '{task}' writes '{path}', which gold/ does not hold.");
            if (script.Fault is { Kind: ScenarioFaultKind.CompileError } fault && (Faulty(task, fault.Path) is null || Gold(fault.Path) is null))
                throw new JsonException($"The fault of task '{task}' needs '{fault.Path}' in gold/ and in faulty/{task}/.");
        }

        return this;
    }

    private string? Read(params ReadOnlySpan<string> parts)
    {
        var file = Path.Combine([Folder, .. parts]);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }
}
