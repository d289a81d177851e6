namespace Planlane.Simulator;

/// <summary>The calls of one server, in the order of their arrival; thread-safe.</summary>
internal sealed class CallLog
{
    private readonly Lock _gate = new();
    private readonly List<SimulatedCall> _calls = [];

    public IReadOnlyList<SimulatedCall> Snapshot()
    {
        lock (_gate)
            return [.. _calls];
    }

    public int Begin(string request, DateTimeOffset at)
    {
        lock (_gate)
        {
            _calls.Add(new SimulatedCall(_calls.Count + 1, request, at));
            return _calls.Count;
        }
    }

    public void Change(int number, Func<SimulatedCall, SimulatedCall> change)
    {
        lock (_gate)
            _calls[number - 1] = change(_calls[number - 1]);
    }
}
