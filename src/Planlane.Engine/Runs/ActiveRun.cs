using System.Threading.Channels;
using Planlane.Agents;
using Planlane.Approval;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Runs;

/// <summary>A run that this process works on. Thread-safe.</summary>
public sealed class ActiveRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _killing = new();
    private readonly SemaphoreSlim _deciding = new(1);
    private readonly ActivityFeed _feed = new();
    private readonly RunDriver _driver;
    private readonly IJournal _journal;
    private readonly RunEngine _engine;
    private readonly IReadOnlyList<IRunObserver> _observers;

    internal ActiveRun(IJournal journal, RunEngine engine, EngineOptions options, IReadOnlyList<RunEvent> begun, IReadOnlyList<IRunObserver> observers, Func<RunState, Task> ended)
    {
        _journal = journal;
        _engine = engine;
        _observers = [.. observers, _feed];
        _driver = new RunDriver(journal, engine.Phases, options.Time, options.Secrets, _observers);
        Completion = RunAsync(begun, ended);
    }

    /// <summary>The state now.</summary>
    public RunState State => _driver.Inbox.State;

    /// <summary>Every event that is recorded from now on, with the state after it; completes when the run has ended, stands still or was stopped, and not while it waits for a decision.</summary>
    public ChannelReader<RunUpdate> Updates => _driver.Updates;

    /// <summary>What agents do from now on, for display; of what is not read in time the oldest is forgotten. Completes when this process works on the run no more.</summary>
    public ChannelReader<AgentActivity> Activities => _feed.Reader;

    /// <summary>The last state; faults when the journal cannot be written.</summary>
    public Task<RunState> Completion { get; }

    /// <summary>Decides on the plan.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="by">Who decides: <c>user</c>, or <see cref="ReviewRules.Auto"/>.</param>
    /// <exception cref="PlanlaneException">The run does not wait for it, has no planner who could change the plan, or the plan is not the one that it is bound to (kind <see cref="FaultKind.Stale"/>).</exception>
    public async Task DecideAsync(PlanDecision decision, string by)
    {
        // One decision after another: between the look at the plan and the record of the decision no other one may replace it.
        await _deciding.WaitAsync().ConfigureAwait(false);
        try
        {
            if (State is not { Waiting: RunWait.PlanDecision, Plan: { } plan })
                throw new PlanlaneException(FaultKind.Usage, "The run does not wait for a decision on its plan.");
            if (decision is PlanDecision.Revise && State.Settings.Mode is RunMode.Single)
                throw new PlanlaneException(FaultKind.Usage, "The planner is not asked in a run of one agent.", "Reject the plan and put the request in other words.");
            var hash = PlanFile.HashOf(plan);
            if (decision is PlanDecision.Approved { PlanHash: { } seen } && seen != hash)
                throw new PlanlaneException(FaultKind.Stale, $"The yes is for plan {seen}, but the plan of this run is {hash}.", $"Look at it and decide: planlane resume {State.Id}");
            await _driver.Inbox.PostAsync(new PlanDecided(decision, by) { PlanHash = hash }).ConfigureAwait(false);
        }
        finally
        {
            _deciding.Release();
        }
    }

    /// <summary>Decides on the work.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="by">Who decides: <c>user</c>, or <see cref="ReviewRules.Auto"/>.</param>
    /// <exception cref="PlanlaneException">The decision may not be taken, or its yes is for other work (kind <see cref="FaultKind.Stale"/>).</exception>
    public async Task DecideAsync(ReviewDecision decision, string by)
    {
        if (ReviewRules.Refusal(State, decision, by) is { } refusal)
            throw ReviewRules.IsStale(State, decision)
                ? new PlanlaneException(FaultKind.Stale, refusal, $"Look at it and decide: planlane review {State.Id}")
                : new PlanlaneException(FaultKind.Usage, refusal);
        await _driver.Inbox.PostAsync(new ReviewDecided(decision, by)).ConfigureAwait(false);
    }

    /// <summary>Marks files as viewed, or takes the marks back; the marks survive this process.</summary>
    public async Task MarkAsync(ValueList<ViewedFile> files, bool isViewed)
    {
        if (State.Waiting is RunWait.ReviewDecision && files.Any(file => State.Viewed.Contains(file) != isViewed))
            await _driver.Inbox.PostAsync(new ReviewViewed(files, isViewed)).ConfigureAwait(false);
    }

    /// <summary>Pauses: what is being paid for goes on, and nothing new is begun until <see cref="ContinueAsync"/>.</summary>
    public Task PauseAsync(string by) => _driver.Inbox.PostAsync(new RunPaused(by));

    /// <summary>Lets a paused run go on.</summary>
    public Task ContinueAsync(string by) => _driver.Inbox.PostAsync(new RunContinued(by));

    /// <summary>Changes how many agents may run at once; those that run go on, also when they are more.</summary>
    /// <param name="slots">At least 1; another number is taken for the nearest.</param>
    /// <param name="by">Who decides: <c>user</c>.</param>
    public Task ChangeSlotsAsync(int slots, string by) => _driver.Inbox.PostAsync(new SlotsChanged(Math.Max(1, slots), by));

    /// <summary>Stops one agent: its call or command is cut off, its attempt has failed, and what builds on it does not begin.</summary>
    /// <param name="task">The agent's task.</param>
    /// <param name="by">Who decides: <c>user</c>.</param>
    /// <exception cref="PlanlaneException">The agent is not at work.</exception>
    public async Task StopAgentAsync(TaskId task, string by)
    {
        if (State.Tasks.FirstOrDefault(other => other.Id == task) is not { Outcome: null } found || !State.IsRunning(found))
            throw new PlanlaneException(FaultKind.Usage, "An agent that is not at work cannot be stopped.", "Leave its work out in the review.");
        await _driver.Inbox.PostAsync(new AgentStopped(task, by)).ConfigureAwait(false);
        _driver.Inbox.CutOff(task);
    }

    /// <summary>Stops: nothing new is begun, answers that are being paid for are taken; the run can be resumed.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await ((Task)Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops at once: calls and commands are cut off; the run can be resumed.</summary>
    public async Task KillAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _killing.CancelAsync().ConfigureAwait(false);
        await ((Task)Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        await _engine.DisposeAsync().ConfigureAwait(false);
        _deciding.Dispose();
        _stopping.Dispose();
        _killing.Dispose();
    }

    private async Task<RunState> RunAsync(IReadOnlyList<RunEvent> begun, Func<RunState, Task> ended)
    {
        Exception? fault = null;
        try
        {
            await Task.Yield();
            var state = await _driver.RunAsync(begun, _stopping.Token, _killing.Token).ConfigureAwait(false);
            await ended(state).ConfigureAwait(false);
            return state;
        }
        catch (OperationCanceledException) when (_killing.IsCancellationRequested)
        {
            return State;
        }
        catch (Exception exception)
        {
            fault = exception;
            throw;
        }
        finally
        {
            try
            {
                foreach (var observer in _observers)
                {
                    observer.Left(fault);
                    observer.Dispose();
                }
            }
            finally
            {
                // Whatever an observer does, the next process may have the run.
                await _journal.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
