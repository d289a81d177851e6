using Planlane.Values;

namespace Planlane.Simulator.Faults;

/// <summary>Faults that the next calls meet; may be filled before and while a server runs. Thread-safe.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Planned> _planned = [];

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

    internal Fault? Take(CallRole role, TaskId? task)
    {
        lock (_gate)
        {
            var at = _planned.FindIndex(planned => (planned.Role is null || planned.Role == role) && (planned.Task is null || planned.Task == task));
            if (at < 0)
                return null;
            var fault = _planned[at].Fault;
            _planned[at] = _planned[at] with { Calls = _planned[at].Calls - 1 };
            if (_planned[at].Calls <= 0)
                _planned.RemoveAt(at);
            return fault;
        }
    }

    private sealed record Planned(Fault Fault, int Calls, CallRole? Role, TaskId? Task);
}
