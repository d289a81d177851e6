using System.Numerics;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Which tasks of a plan come before which, directly or not, by their places in the plan; computed once, as rules ask it for every pair.</summary>
/// <remarks>Unknown ids are left out; of two tasks with one id the first is meant.</remarks>
internal sealed class TaskOrder
{
    private const int Word = 64;

    private readonly Dictionary<TaskId, int> _places = [];

    // Bit j of row i: task j must end before task i may start.
    private readonly ulong[][] _before;

    /// <summary>The order that a plan's dependencies make.</summary>
    public TaskOrder(Plan plan)
    {
        var count = plan.Tasks.Count;
        foreach (var (place, task) in plan.Tasks.Index())
            _places.TryAdd(task.Id, place);
        _before = [.. plan.Tasks.Select(_ => new ulong[(count + Word - 1) / Word])];
        foreach (var (place, task) in plan.Tasks.Index())
            foreach (var id in task.DependsOn)
                if (_places.TryGetValue(id, out var earlier))
                    _before[place][earlier / Word] |= 1UL << (earlier % Word);
        for (var through = 0; through < count; through++)
            for (var later = 0; later < count; later++)
                if (IsBefore(through, later))
                    Include(later, through);
    }

    /// <summary>The place of the task of an id, or null.</summary>
    public int? PlaceOf(TaskId id) => _places.TryGetValue(id, out var place) ? place : null;

    /// <summary>Whether one task must end before another may start.</summary>
    public bool IsBefore(int earlier, int later) => (_before[later][earlier / Word] >> (earlier % Word) & 1) == 1;

    /// <summary>Whether two tasks can run at the same time.</summary>
    public bool AreTogether(int one, int other) => one != other && !IsBefore(one, other) && !IsBefore(other, one);

    /// <summary>Whether a task may see what another one wrote: it is the same, or comes later.</summary>
    public bool Sees(int task, int writer) => task == writer || IsBefore(writer, task);

    /// <summary>How many tasks come before one.</summary>
    public int CountBefore(int task) => _before[task].Sum(BitOperations.PopCount);

    /// <summary>Whether any task comes after one.</summary>
    public bool HasLater(int task) => _before.Any(row => (row[task / Word] >> (task % Word) & 1) == 1);

    /// <summary>Whether no task comes before itself.</summary>
    public bool IsAcyclic => !Enumerable.Range(0, _before.Length).Any(task => IsBefore(task, task));

    /// <summary>Lets one task wait for another; only for two that can run at the same time, so that there is never a cycle.</summary>
    internal void Add(int earlier, int later)
    {
        for (var task = 0; task < _before.Length; task++)
            if (task == later || IsBefore(later, task))
            {
                Include(task, earlier);
                _before[task][earlier / Word] |= 1UL << (earlier % Word);
            }
    }

    private void Include(int task, int ancestorsOf)
    {
        for (var word = 0; word < _before[task].Length; word++)
            _before[task][word] |= _before[ancestorsOf][word];
    }
}
