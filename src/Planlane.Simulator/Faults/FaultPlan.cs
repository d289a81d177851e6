using Planlane.Values;

namespace Planlane.Simulator.Faults;

/// <summary>Faults that the next calls meet; may be filled before and while a server runs. Thread-safe.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Planned> _planned = [];
    private readonly List<Frequent> _frequent = [];

    /// <summary>Gives a fault to the next calls that match; earlier plans that match go first.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="calls">How many calls meet it.</param>
    /// <param name="role">Only calls of this role; null for any.</param>
    /// <param name="task">Only calls for this task; null for any.</param>
    /// <returns>This plan.</returns>
    public FaultPlan Next(Fault fault, int calls = 1, CallRole? role = null, TaskId? task = null)
    {
        lock (_gate)
            _planned.Add(new Planned(fault, calls, role, task));
        return this;
    }

    /// <summary>Gives a fault to a share of the calls that match and that no other plan has; which ones is drawn from the simulator's seed and the conversation.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="rate">The share, from 0 to 1.</param>
    /// <param name="role">Only calls of this role; null for any.</param>
    /// <param name="task">Only calls for this task; null for any.</param>
    /// <returns>This plan.</returns>
    public FaultPlan Often(Fault fault, double rate, CallRole? role = null, TaskId? task = null)
    {
        lock (_gate)
            _frequent.Add(new Frequent(fault, rate, role, task));
        return this;
    }

    internal Fault? Take(CallRole role, TaskId? task, Random random)
    {
        lock (_gate)
        {
            var at = _planned.FindIndex(planned => (planned.Role is null || planned.Role == role) && (planned.Task is null || planned.Task == task));
            return at >= 0 ? TakeAt(at) : Draw(role, task, random);
        }
    }

    private Fault TakeAt(int at)
    {
        var fault = _planned[at].Fault;
        _planned[at] = _planned[at] with { Calls = _planned[at].Calls - 1 };
        if (_planned[at].Calls <= 0)
            _planned.RemoveAt(at);
        return fault;
    }

    // A number is drawn for each, whether it is needed or not: so a fault more does not move the others.
    private Fault? Draw(CallRole role, TaskId? task, Random random)
    {
        Fault? drawn = null;
        foreach (var frequent in _frequent)
        {
            if (random.NextDouble() < frequent.Rate && (frequent.Role is null || frequent.Role == role) && (frequent.Task is null || frequent.Task == task))
                drawn ??= frequent.Fault;
        }

        return drawn;
    }

    private sealed record Planned(Fault Fault, int Calls, CallRole? Role, TaskId? Task);

    private sealed record Frequent(Fault Fault, double Rate, CallRole? Role, TaskId? Task);
}
