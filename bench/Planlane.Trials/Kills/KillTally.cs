using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Trials.Kills;

/// <summary>What many killed runs came to.</summary>
internal sealed class KillTally
{
    private int _runs;
    private int _lost;
    private int _answers;

    public int Kills { get; private set; }

    public List<string> Problems { get; } = [];

    public void Add(string scenario, RepositoryTrace reference, RepositoryTrace trace, KillStormOutcome outcome)
    {
        _runs++;
        Kills += outcome.Kills;
        _lost += outcome.Lost;
        _answers += outcome.State.Calls.Count;
        if (outcome.State.End?.Outcome is not RunOutcome.Completed)
            Problems.Add($"run {_runs} ({scenario}) ended as {outcome.State.End?.Outcome.ToString() ?? outcome.State.Halt?.Message ?? "nothing"}");
        if (trace != reference)
            Problems.Add($"run {_runs} ({scenario}) left {trace}, not {reference}");
        Problems.AddRange(outcome.PaidTwice.Select(question => $"run {_runs} ({scenario}): paid twice for answer {question.Turn} of {question.Task ?? "the planner"}"));
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
