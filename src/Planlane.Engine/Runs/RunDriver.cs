using System.Threading.Channels;
using Planlane.Journal;
using Planlane.Values;

namespace Planlane.Runs;

/// <summary>The loop of a run. Only it changes run state: an event is recorded, the state moves, and the steps that are now allowed are started; phases do the I/O and answer with events.</summary>
/// <param name="journal">Where events are recorded; owned by the caller.</param>
/// <param name="phases">Who does the steps.</param>
/// <param name="time">The clock of the events.</param>
/// <param name="secrets">What is masked in events before anything is made of them; null for the well-known kinds alone.</param>
/// <param name="observers">Who looks on; owned by the caller.</param>
public sealed class RunDriver(IJournal journal, RunPhases phases, TimeProvider time, SecretMask? secrets = null, params IReadOnlyList<IRunObserver> observers)
{
    private static readonly StepId Recording = new("journal");

    private readonly EventMask _mask = new(secrets ?? SecretMask.Shapes);
    private readonly List<Task> _steps = [];
    private readonly Channel<RunUpdate> _updates = Channel.CreateUnbounded<RunUpdate>();
    private long? _lastRecorded;

    /// <summary>Where events are posted.</summary>
    public RunInbox Inbox { get; } = new() { Secrets = secrets ?? SecretMask.Shapes };

    /// <summary>Every recorded event with the state after it; completes when the run has ended, stands still or was stopped.</summary>
    public ChannelReader<RunUpdate> Updates => _updates.Reader;

    /// <summary>Replays what the journal holds, records <paramref name="first"/>, and goes on until the run has ended or stands still.</summary>
    /// <param name="first">What begins this process's part: the run's start, or its resumption.</param>
    /// <param name="stopping">Ends it early: nothing new is begun, answers that are being paid for are taken.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>The last state.</returns>
    public async Task<RunState> RunAsync(IReadOnlyList<RunEvent> first, CancellationToken stopping, CancellationToken cancellationToken)
    {
        using var faulted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var wake = stopping.Register(Inbox.Wake);
        Inbox.Stopping = stopping;
        Inbox.Active = (agent, activity) => Tell(observer => observer.Active(agent, activity));
        Inbox.Waited = (agent, model, waiting) => Tell(observer => observer.Waited(agent, model, waiting));
        try
        {
            Inbox.Advance(await journal.RestoreAsync(cancellationToken).ConfigureAwait(false));
            await RecordAsync([.. first.Select(Always)]).ConfigureAwait(false);
            await StartAllowedAsync(faulted.Token).ConfigureAwait(false);
            while (!IsOver && await Inbox.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                await RecordPostedAsync().ConfigureAwait(false);
                if (journal.Shortage is { } shortage && Inbox.State.Halt is null)
                    await RecordAsync([Always(new StepFailed(Recording, shortage.Kind, shortage.Message, shortage.Hint))]).ConfigureAwait(false);
                await StartAllowedAsync(faulted.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            await faulted.CancelAsync().ConfigureAwait(false);
            Inbox.Close();
            await Task.WhenAll(_steps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _updates.Writer.TryComplete();
        }

        return Inbox.State;
    }

    private bool IsOver => _steps.All(step => step.IsCompleted)
        && (Inbox.Stopping.IsCancellationRequested || Inbox.State.End is not null || RunDecider.StandsStill(Inbox.State) is not null);

    private async Task RecordPostedAsync()
    {
        var posted = new List<RunInbox.Posted>();
        while (Inbox.Reader.TryRead(out var next))
            if (next.Event is not null)
                posted.Add(next);
        if (posted.Count == 0)
            return;
        try
        {
            var states = await RecordAsync([.. posted.Select(item => item.Event!)]).ConfigureAwait(false);
            for (var i = 0; i < posted.Count; i++)
                posted[i].Recorded.TrySetResult(states[i]);
        }
        catch (Exception exception)
        {
            // Whoever posted must not wait for ever, whatever went wrong.
            posted.ForEach(item => item.Recorded.TrySetException(exception));
            throw;
        }
    }

    // Several events share one write, so that many agents do not wait for the disk one after another.
    private async Task<IReadOnlyList<RunState>> RecordAsync(IReadOnlyList<Func<RunState, RunEvent>> happened)
    {
        var updates = new List<RunUpdate>();
        foreach (var item in happened)
        {
            var before = updates.Count > 0 ? updates[^1].State : Inbox.State;
            // Before the state moves: a resumed run, which reads the masked event, then stands where this one does.
            var recorded = new RecordedEvent(before.Sequence + 1, time.GetUtcNow(), _mask.Of(item(before))) { Elapsed = Lap() };
            updates.Add(new RunUpdate(recorded, before.Apply(recorded)));
        }

        await journal.AppendAsync([.. updates.Select(update => update.Recorded)], CancellationToken.None).ConfigureAwait(false);
        if (updates.Count > 0)
            journal.Reached(updates[^1].State);
        foreach (var update in updates)
        {
            Inbox.Advance(update.State);
            Tell(observer => observer.Recorded(update));
            _updates.Writer.TryWrite(update);
        }

        return [.. updates.Select(update => update.State)];
    }

    private void Tell(Action<IRunObserver> what)
    {
        foreach (var observer in observers)
            what(observer);
    }

    // Seconds since the event before, whatever became of the clock of the day meanwhile.
    private double? Lap()
    {
        var (now, last) = (time.GetTimestamp(), _lastRecorded);
        _lastRecorded = now;
        return last is { } stamp ? Math.Round(time.GetElapsedTime(stamp, now).TotalSeconds, 3) : null;
    }

    private static Func<RunState, RunEvent> Always(RunEvent happened) => _ => happened;

    private async Task StartAllowedAsync(CancellationToken cancellationToken)
    {
        _steps.RemoveAll(step => step.IsCompleted);
        while (!Inbox.Stopping.IsCancellationRequested && RunDecider.Next(Inbox.State) is { Count: > 0 } allowed)
        {
            await RecordAsync([.. allowed.Select(step => Always(new StepBegun(step.Id)))]).ConfigureAwait(false);
            foreach (var step in allowed)
                Start(step, cancellationToken);
        }
    }

    // The loop is woken after the step's own task is complete, never before: it may look at once and must then see that nothing runs.
    private void Start(RunStep step, CancellationToken cancellationToken)
    {
        var running = RunStepAsync(step, cancellationToken);
        _steps.Add(running);
        _ = running.ContinueWith(_ => Inbox.Wake(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task RunStepAsync(RunStep step, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await phases.RunAsync(step, Inbox, cancellationToken).ConfigureAwait(false);
            await Inbox.PostAsync(new StepEnded(step.Id)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped: the step was begun and has not ended, which is what a resumed run needs to know.
        }
        catch (PlanlaneException exception)
        {
            Tell(observer => observer.Faulted(step.Id, exception));
            await PostFailureAsync(new StepFailed(step.Id, exception.Kind, exception.Message, exception.Hint)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Tell(observer => observer.Faulted(step.Id, exception));
            await PostFailureAsync(new StepFailed(step.Id, FaultKind.Failed, $"Planlane itself failed in step {step.Id}: {exception.GetType().Name}: {exception.Message}", "Please report this; planlane resume tries the step again.")).ConfigureAwait(false);
        }
    }

    private async Task PostFailureAsync(StepFailed failed) =>
        await ((Task)Inbox.PostAsync(failed)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

/// <summary>A recorded event with the state after it.</summary>
/// <param name="Recorded">The event.</param>
/// <param name="State">The state after it.</param>
public sealed record RunUpdate(RecordedEvent Recorded, RunState State);
