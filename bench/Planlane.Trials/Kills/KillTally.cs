using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Trials.Kills;

/// <summary>What many killed runs came to. Thread-safe.</summary>
internal sealed class KillTally
{
    private readonly Lock _lock = new();
    private int _runs;
    private int _lost;
    private int _answers;

    public int Kills { get; private set; }

    public List<string> Problems { get; } = [];

    /// <summary>Takes one run in; what it came to, in words.</summary>
    public string Add(int run, string scenario, RepositoryTrace reference, RepositoryTrace trace, KillStormOutcome outcome)
    {
        lock (_lock)
        {
            var before = Problems.Count;
            _runs++;
            Kills += outcome.Kills;
            _lost += outcome.Lost;
            _answers += outcome.State.Calls.Count;
            if (outcome.State.End?.Outcome is not RunOutcome.Completed)
                Problems.Add($"run {run} ({scenario}) ended as {outcome.State.End?.Outcome.ToString() ?? outcome.State.Halt?.Message ?? "nothing"}");
            if (trace != reference)
                Problems.Add($"run {run} ({scenario}) left {trace}, not {reference}");
            Problems.AddRange(outcome.PaidTwice.Select(question => $"run {run} ({scenario}): paid twice for answer {question.Turn} of {question.Task ?? "the planner"}"));
            return $"{outcome.Kills} kills, {outcome.Lost} answers lost in flight; {Kills} kills in all, {Problems.Count} problems{(Problems.Count > before ? ": " + string.Join("; ", Problems.Skip(before)) : "")}";
        }
    }

    public void Write(TextWriter output)
    {
        output.WriteLine($"runs                          {_runs}");
        output.WriteLine($"kills                         {Kills}");
        output.WriteLine($"answers in the journals       {_answers}");
        output.WriteLine($"answers lost in flight        {_lost} ({(Kills == 0 ? 0 : (double)_lost / Kills):0.00} a kill)");
        output.WriteLine($"answers paid twice, and other problems: {Problems.Count}");
        foreach (var problem in Problems)
            output.WriteLine($"  {problem}");
    }
}
