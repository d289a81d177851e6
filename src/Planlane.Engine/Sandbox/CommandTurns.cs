namespace Planlane.Sandbox;

/// <summary>Places for commands that run at once. Who comes when all are taken waits; places go to those who wait in the order in which they came. Thread-safe.</summary>
public sealed class CommandTurns
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _free;

    /// <summary>Makes them.</summary>
    /// <param name="places">How many commands may run at once; at least 1.</param>
    public CommandTurns(int places)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        _free = places;
    }

    /// <summary>As many as the machine has logical processors, shared by all runs of this process: more commands than that make each other slower and finish none sooner.</summary>
    public static CommandTurns OfMachine { get; } = new(Environment.ProcessorCount);

    /// <summary>Waits for a place.</summary>
    /// <param name="cancellationToken">Ends the waiting; no place is taken then.</param>
    /// <returns>The place; disposing it once gives it to the next.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> mine;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return new Place(this);
            }

            mine = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using (cancellationToken.Register(() => Leave(mine, cancellationToken)))
            await mine.Value.Task.ConfigureAwait(false);
        return new Place(this);
    }

    private void Leave(LinkedListNode<TaskCompletionSource> waiting, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // It has got its place meanwhile.
            if (waiting.List is null)
                return;
            _waiting.Remove(waiting);
        }

        waiting.Value.SetCanceled(cancellationToken);
    }

    private void Release()
    {
        LinkedListNode<TaskCompletionSource>? next;
        lock (_lock)
        {
            next = _waiting.First;
            if (next is null)
                _free++;
            else
                _waiting.RemoveFirst();
        }

        next?.Value.SetResult();
    }

    private sealed class Place(CommandTurns turns) : IDisposable
    {
        private CommandTurns? _turns = turns;

        public void Dispose() => Interlocked.Exchange(ref _turns, null)?.Release();
    }
}
