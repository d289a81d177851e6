using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Scheduling;

/// <summary>An agent's call for one turn, and a second one beside it should the first be a straggler: the first answer counts, the other call is cut off and what it used is booked, too.</summary>
/// <param name="models">The models.</param>
/// <param name="time">Tells when a call is late.</param>
public sealed class HedgedCall(ModelDesk models, TimeProvider time)
{
    /// <summary>Asks until one call has answered.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="model">The facts of the model that is asked.</param>
    /// <param name="id">The task whose next turn it is.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="inbox">The run.</param>
    /// <param name="observe">Told of the progress of both calls.</param>
    /// <param name="cancellationToken">Ends both.</param>
    /// <exception cref="ModelException">No call answered.</exception>
    public async Task<TurnAnswered> AskAsync(
        ModelRequest request, ModelFacts model, TaskId id, int attempt, RunInbox inbox, Action<ModelActivity> observe, CancellationToken cancellationToken)
    {
        var task = inbox.State.Task(id);
        var turn = task.Turns.Count + 1;
        // A conversation of its own begins with nothing that other calls could read, so that no other is compared with it.
        var isAfresh = HandoverRules.IsAfresh(task, inbox.State.Settings);
        ModelCall Kept(ModelCall call) => isAfresh ? call with { Prefix = null } : call;
        Open Begin() => new(models, time, request, model, task.Agent, inbox, observe, cancellationToken);
        await using var first = Begin();
        await using var second = await IsLateAsync(first, HedgeRules.After(inbox.State, task), cancellationToken).ConfigureAwait(false)
            && await MayAsync(id, attempt, turn, inbox).ConfigureAwait(false) ? Begin() : null;
        var (winner, loser) = await WinnerAsync(first, second).ConfigureAwait(false);
        try
        {
            var (answer, call) = await winner.Answer.ConfigureAwait(false);
            return new TurnAnswered(id, attempt, turn, AnswerMapping.BlocksOf(answer), AnswerMapping.StopOf(answer.Stop), Kept(call));
        }
        finally
        {
            if (loser is not null && await loser.GiveUpAsync().ConfigureAwait(false) is { } late)
                await inbox.PostAsync(new CallLost(Kept(late))).ConfigureAwait(false);
        }
    }

    // Whether a call is still open so long after it was last sent.
    private async Task<bool> IsLateAsync(Open call, TimeSpan after, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        while (call.LateIn(after) is var left && left > TimeSpan.Zero)
        {
            if (await Task.WhenAny(call.Answer, Task.Delay(left, time, waiting.Token)).ConfigureAwait(false) == call.Answer)
            {
                await waiting.CancelAsync().ConfigureAwait(false);
                return false;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        return !call.Answer.IsCompleted && !cancellationToken.IsCancellationRequested;
    }

    // Looked at first, so that the journal is not told of what nobody would have paid; and again at the moment of recording, so that two stragglers cannot both get what only one may have.
    private static async Task<bool> MayAsync(TaskId id, int attempt, int turn, RunInbox inbox)
    {
        if (inbox.Stopping.IsCancellationRequested || !HedgeRules.May(inbox.State, id))
            return false;
        var state = await inbox.PostAsync(now => new CallHedged(id, attempt, turn) { IsDeclined = !HedgeRules.May(now, id) }).ConfigureAwait(false);
        return state.Task(id).IsHedging;
    }

    // The call that answers first. One that fails, that was not sent before the run stopped, or that no cap on money covers any more leaves it to the other: that one may be paid for already.
    private static async Task<(Open Winner, Open? Loser)> WinnerAsync(Open first, Open? second)
    {
        if (second is null)
            return (first, null);
        var (ended, other) = await Task.WhenAny(first.Answer, second.Answer).ConfigureAwait(false) == first.Answer ? (first, second) : (second, first);
        if (ended.Answer.IsCompletedSuccessfully)
            return (ended, other);
        await ((Task)other.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (other.Answer.IsCompletedSuccessfully ? other : ended, null);
    }

    private sealed class Open : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop;
        private readonly TimeProvider _time;
        private readonly Lock _gate = new();
        private long? _sent;

        public Open(ModelDesk models, TimeProvider time, ModelRequest request, ModelFacts model, AgentId agent, RunInbox inbox, Action<ModelActivity> observe, CancellationToken cancellationToken)
        {
            _time = time;
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Answer = models.CallAsync(request, model, agent, inbox, activity => Note(activity, observe), _stop.Token);
        }

        public Task<(ModelAnswer Answer, ModelCall Call)> Answer { get; }

        /// <summary>How long until it is late; a call that waits to be sent, or to be sent again, is not late before it was.</summary>
        public TimeSpan LateIn(TimeSpan after)
        {
            lock (_gate)
                // In whole milliseconds, as timers are, and upwards: else a wait for the rest of one would be none at all, again and again.
                return TimeSpan.FromMilliseconds(Math.Ceiling((_sent is { } sent ? after - _time.GetElapsedTime(sent) : after).TotalMilliseconds));
        }

        /// <summary>Cuts the call off; what it is counted as if it has answered all the same. What another has used is booked already, as of every call that does not end well.</summary>
        public async Task<ModelCall?> GiveUpAsync()
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Answer.IsCompletedSuccessfully ? (await Answer.ConfigureAwait(false)).Call : null;
        }

        // Not before the call has settled what it used.
        public async ValueTask DisposeAsync()
        {
            await GiveUpAsync().ConfigureAwait(false);
            _stop.Dispose();
        }

        private void Note(ModelActivity activity, Action<ModelActivity> observe)
        {
            lock (_gate)
            {
                if (activity is ModelActivity.Sent)
                    _sent = _time.GetTimestamp();
                else if (activity is ModelActivity.Waiting)
                    _sent = null;
            }

            observe(activity);
        }
    }
}
