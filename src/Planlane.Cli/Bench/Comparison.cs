using System.Globalization;
using System.Text.Json;
using Planlane.Budgets;
using Planlane.Cli.Settings;
using Planlane.Journal;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Bench;

/// <summary>A comparison of one request, and which runs belong to it: enough to go on with it in another process.</summary>
/// <param name="Id">Its name: lower-case letters and digits.</param>
/// <param name="Request">What is asked in every run.</param>
/// <param name="Divided">The settings of Planlane's runs.</param>
/// <param name="Alone">The settings of the runs of one agent alone.</param>
/// <param name="Times">How often each is run; at least 1.</param>
/// <param name="Cap">The most that all runs may cost together.</param>
/// <param name="Price">What was expected before anything was paid.</param>
/// <param name="Runs">The runs that have begun, in their order.</param>
internal sealed record Comparison(string Id, RunRequest Request, RunSettings Divided, RunSettings Alone, int Times, Cost Cap, RequestEstimate Price, ValueList<ComparedRun> Runs)
{
    /// <summary>Whether the model is a scripted one.</summary>
    public bool IsScripted => Divided.Scripted;

    /// <summary>All runs in their order. Who goes first alternates, as the first of two may find prompts, builds and packages cold.</summary>
    public IEnumerable<(int Time, Arm Arm)> Order => Enumerable.Range(1, Times).SelectMany(time => time % 2 == 1
        ? new[] { (time, Arm.Planlane), (time, Arm.Alone) }
        : [(time, Arm.Alone), (time, Arm.Planlane)]);

    /// <summary>The run of a place, or null when it has not begun.</summary>
    public ComparedRun? Find(int time, Arm arm) => Runs.FirstOrDefault(run => run.Time == time && run.Arm == arm);

    /// <summary>Reads a comparison.</summary>
    /// <param name="folder">Where comparisons are kept.</param>
    /// <param name="id">Its name, or the beginning of it.</param>
    /// <exception cref="PlanlaneException">There is none, or its file cannot be read.</exception>
    public static Comparison Read(string folder, string id)
    {
        // The newest first.
        var all = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json").OrderByDescending(File.GetLastWriteTimeUtc).Select(Path.GetFileNameWithoutExtension).ToList() : [];
        var found = all.Where(name => name!.StartsWith(id, StringComparison.Ordinal)).ToList();
        if (found is not [var name])
        {
            throw new PlanlaneException(
                FaultKind.Usage,
                found.Count == 0 ? $"There is no comparison '{id}' in this repository." : $"'{id}' fits {found.Count} comparisons.",
                all.Count == 0 ? "Begin one: planlane bench \"REQUEST\"" : $"There are, the newest first: {string.Join(", ", found.Count == 0 ? all : found)}");
        }

        var only = Path.Combine(folder, $"{name}.json");
        try
        {
            return JsonSerializer.Deserialize<Comparison>(File.ReadAllText(only), EventJson.Options)!;
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Failed, $"{only} cannot be read: {fault.Message}", "Its runs are in planlane runs; begin another comparison.", fault);
        }
    }

    /// <summary>Writes it, masked as journals are, whole or not at all.</summary>
    /// <exception cref="PlanlaneException">It cannot be written.</exception>
    public void Write(string folder)
    {
        var file = Path.Combine(folder, $"{Id}.json");
        try
        {
            Directory.CreateDirectory(folder);
            var half = $"{file}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
            File.WriteAllText(half, ProcessSecrets.Mask.Of(JsonSerializer.Serialize(this, EventJson.Options)));
            File.Move(half, file, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Failed, $"{file} cannot be written: {fault.Message}", "Make room or mend the rights; nothing more was asked of a model.", fault);
        }
    }

    /// <summary>A name that no comparison of a folder has.</summary>
    public static string NewId(string folder)
    {
        while (true)
        {
            var id = Random.Shared.Next(1 << 24).ToString("x6", CultureInfo.InvariantCulture);
            if (!File.Exists(Path.Combine(folder, $"{id}.json")))
                return id;
        }
    }
}

/// <summary>A run of a comparison.</summary>
/// <param name="Time">Which of the times it is, from 1.</param>
/// <param name="Arm">Who does the work.</param>
/// <param name="Run">The run.</param>
internal sealed record ComparedRun(int Time, Arm Arm, RunId Run);

/// <summary>Who does the work in a run of a comparison.</summary>
internal enum Arm
{
    /// <summary>A plan and parallel agents.</summary>
    Planlane,

    /// <summary>One agent of the planner's model, without a plan.</summary>
    Alone,
}
