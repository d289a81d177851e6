using System.Runtime.CompilerServices;
using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Git;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Sandbox;
using Planlane.Summary;
using Planlane.Telemetry;
using Planlane.Values;
using Planlane.Workspaces;
using Planlane.Workspaces.Bases;

namespace Planlane.Runs;

/// <summary>The one door to runs for every surface: start, watch, decide, resume, undo.</summary>
public sealed class RunService
{
    private readonly GitRepository _repository;
    private readonly EngineOptions _options;
    private readonly RunFolders _folders;

    private RunService(GitRepository repository, EngineOptions options)
    {
        _repository = repository;
        _options = options;
        _folders = new RunFolders(repository.CommonDir);
    }

    /// <summary>The root of the repository's work tree.</summary>
    public string Root => _repository.Root;

    /// <summary>What holds the commands of its runs.</summary>
    public SandboxFacts Sandbox => RunEngine.SandboxOf(_options, WorkspacePolicy.Default).Facts;

    /// <summary>How the workspaces of its runs are made on this machine; tried.</summary>
    /// <param name="policy">Whether commands are held, without which nothing is mounted.</param>
    /// <param name="cancellationToken">Ends the trial.</param>
    public async Task<WorkspaceFacts> WorkspacesAsync(WorkspacePolicy policy, CancellationToken cancellationToken)
    {
        var sandbox = RunEngine.SandboxOf(_options, policy);
        return await new DiskWorkspaces(_repository, sandbox, _folders, new BaseKeeper(_repository, _folders, sandbox).OpenAsync).DescribeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the repository that holds a folder.</summary>
    /// <exception cref="PlanlaneException">It is in none.</exception>
    public static async Task<RunService> OpenAsync(string folder, EngineOptions options, CancellationToken cancellationToken) =>
        new(await GitRepository.OpenAsync(folder, options.Time, cancellationToken).ConfigureAwait(false), options);

    /// <summary>Starts a run.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="settings">What it may use.</param>
    /// <param name="saved">A plan that was made before, or null to ask the planner.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <remarks>A run of one agent has its plan at once. A request that is not work to divide is refused before anything is recorded.</remarks>
    /// <exception cref="PlanlaneException">The request, the plan or the repository is not fit for a run; nothing was spent.</exception>
    public Task<ActiveRun> StartAsync(RunRequest request, RunSettings settings, PlanFile? saved, CancellationToken cancellationToken) => StartAsync(request, settings, saved, null, null, cancellationToken);

    /// <summary>The same from the base of an earlier run of this repository, whatever the user's files are by now, so that the two can be compared.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="settings">What it may use.</param>
    /// <param name="saved">A plan that was made before, or null to ask the planner.</param>
    /// <param name="from">The base; the files as they are when null.</param>
    /// <param name="opened">Told which run it is before anything is recorded and before any of its work, so that the caller can write it down; what it throws ends the start.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="PlanlaneException">As above; or git has removed the files of that base since.</exception>
    public async Task<ActiveRun> StartAsync(RunRequest request, RunSettings settings, PlanFile? saved, RunBase? from, Action<RunId>? opened, CancellationToken cancellationToken)
    {
        if (RequestRules.ProblemOf(request) is { } problem)
            throw new PlanlaneException(FaultKind.Usage, problem, "Say what to build: planlane \"Add a health endpoint with tests\"");
        if (RequestRules.ProblemOfAgents(request, settings) is { } count)
            throw new PlanlaneException(FaultKind.Usage, count, "Say --agents with another number or leave it out; --single is one agent alone, --max-agents allows more.");
        if (saved is not null && settings.Mode is RunMode.Single)
            throw new PlanlaneException(FaultKind.Usage, "A plan for several agents cannot be run by one alone.", "Start the request itself with one agent: planlane \"REQUEST\" --single");
        if (saved is null && settings.Mode is RunMode.Auto && RequestKinds.Undivided(request) is { } undivided)
            throw new PlanlaneException(FaultKind.Unsuitable, undivided.Reason, "Give it to one agent with --single, or insist with --force.");

        await EnsureHostsAsync(settings.Workspace, cancellationToken).ConfigureAwait(false);
        // Before anything is made of it: what the user pasted goes into the plan, the prompts and the journal.
        request = new EventMask(_options.Secrets).Of(request);
        var place = await _repository.EnsureRunnableAsync(cancellationToken).ConfigureAwait(false);
        await new LandingSettings(_repository).EnsureAsync(settings.Landing, place.BranchRef, cancellationToken).ConfigureAwait(false);
        var earlier = request.After is { } after ? await new FollowedRun(_repository).ReadAsync(await ReadAsync(after, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) : null;
        request = request with { After = earlier?.Id };
        await Tidying.SweepAsync(cancellationToken).ConfigureAwait(false);
        var start = from ?? BaseOf(await _repository.SnapshotAsync(cancellationToken).ConfigureAwait(false));
        var remarks = await new BaseKeeper(_repository, _folders, RunEngine.SandboxOf(_options, settings.Workspace)).EnsureUsableAsync(start, settings.Workspace, cancellationToken).ConfigureAwait(false);
        start = start with { Notes = BaseNote.Of(remarks), Style = await new LandingSettings(_repository).StyleAsync(start.Commit, cancellationToken).ConfigureAwait(false) };
        var id = NewId();
        var engine = new RunEngine(_repository, _options, _folders, settings.Workspace);
        JsonLinesJournal? journal = null;
        try
        {
            var begun = new List<RunEvent> { new RunStarted(id, request, start, settings) { Earlier = earlier } };
            if (saved is not null)
                begun.Add(await GivenAsync(engine.Planning, saved, request, start, settings, cancellationToken).ConfigureAwait(false));
            else if (settings.Mode is RunMode.Single)
                begun.Add(await engine.Planning.Single.MakeAsync(request, settings, start, cancellationToken).ConfigureAwait(false));
            journal = JsonLinesJournal.Open(_folders.JournalOf(id), _options.Time);
            opened?.Invoke(id);
            // The user may change the commit, or collect what no ref names, while the plan waits for a yes.
            await engine.Planning.Objects.KeepAsync([(GitRepository.PrivateRef(id, "base"), start.Tree), (GitRepository.PrivateRef(id, "start"), start.Commit)], cancellationToken).ConfigureAwait(false);
            return Activate(id, journal, engine, begun);
        }
        catch
        {
            if (journal is not null)
                await journal.DisposeAsync().ConfigureAwait(false);
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Goes on with a run from its journal.</summary>
    /// <param name="id">The run.</param>
    /// <param name="budget">A new cap on its cost, or null to keep the old one.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="PlanlaneException">The run is unknown, has ended, or another process works on it.</exception>
    public Task<ActiveRun> ResumeAsync(RunId id, Cost? budget, CancellationToken cancellationToken) => ResumeAsync(new RunResumed(budget), id, cancellationToken);

    /// <summary>The same with what the user says otherwise from now on.</summary>
    /// <param name="resumed">What is said.</param>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="PlanlaneException">The run is unknown, has ended, or another process works on it; or its work cannot land as it is now said.</exception>
    public async Task<ActiveRun> ResumeAsync(RunResumed resumed, RunId id, CancellationToken cancellationToken)
    {
        await Tidying.SweepAsync(cancellationToken).ConfigureAwait(false);
        // Opened before it is looked at: what is true of the run stays true as long as nobody else may write.
        var journal = JsonLinesJournal.Open(_folders.JournalOf(Find(id)), _options.Time);
        try
        {
            var state = await journal.RestoreAsync(cancellationToken).ConfigureAwait(false);
            if (state.End is { } end)
                throw new PlanlaneException(FaultKind.Usage, $"Run {state.Id} has ended: {end.Reason ?? end.Outcome.ToString()}", $"See what it did: planlane show {state.Id}");
            if (await HasLandedAsync(state, cancellationToken).ConfigureAwait(false))
                resumed = resumed with { Landing = null, Rebase = false, Review = false };
            if (resumed.Landing is { } landing)
                await new LandingSettings(_repository).EnsureAsync(landing, state.Base.Branch, cancellationToken).ConfigureAwait(false);
            await EnsureHostsAsync(state.Settings.Workspace, cancellationToken).ConfigureAwait(false);
            return Activate(state.Id, journal, new RunEngine(_repository, _options, _folders, state.Settings.Workspace), [resumed]);
        }
        catch
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Killed after its commits had landed and before that was recorded: all that is left to do is to record it, whatever else is said now.
    private async Task<bool> HasLandedAsync(RunState state, CancellationToken cancellationToken)
    {
        if (state.MadeCommits.Count == 0)
            return false;
        await new Landing(_repository).RecoverAsync(cancellationToken).ConfigureAwait(false);
        return await new LandingPlace(_repository, state).HasLandedAsync(state.MadeCommits, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the process that opened a run was killed before anything was recorded, and so before any of its work. Such a run is in no list.</summary>
    public bool IsBlank(RunId id) => new FileInfo(_folders.JournalOf(id)) is { Exists: true, Length: 0 };

    /// <summary>Every run of the repository whose journal can be read, the newest first.</summary>
    public async Task<IReadOnlyList<RunState>> ListAsync(CancellationToken cancellationToken)
    {
        var states = new List<RunState>();
        foreach (var id in _folders.List())
            if (await JsonLinesJournal.TryLoadAsync(_folders.JournalOf(id), cancellationToken).ConfigureAwait(false) is { Sequence: > 0 } state)
                states.Add(state);
        return [.. states.OrderByDescending(state => state.StartedAt)];
    }

    /// <summary>What a list says of every run of the repository whose journal can be read, the newest first; journals are read only where they changed since the last list.</summary>
    public Task<IReadOnlyList<RunOverview>> OverviewsAsync(CancellationToken cancellationToken) => new RunIndex(_folders).ListAsync(cancellationToken);

    /// <summary>The state of a run.</summary>
    /// <param name="id">The run; a prefix that fits only one is enough.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PlanlaneException">No run, or more than one, fits.</exception>
    public Task<RunState> LoadAsync(RunId id, CancellationToken cancellationToken) => JsonLinesJournal.LoadAsync(_folders.JournalOf(Find(id)), cancellationToken);

    /// <summary>The newest run, or null when there is none.</summary>
    public async Task<RunState?> LatestAsync(CancellationToken cancellationToken) =>
        (await OverviewsAsync(cancellationToken).ConfigureAwait(false)) is [var newest, ..] ? await LoadAsync(newest.Id, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>The events of a run.</summary>
    /// <param name="id">The run; a prefix that fits only one is enough.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PlanlaneException">No run, or more than one, fits.</exception>
    public Task<IReadOnlyList<RecordedEvent>> ReadAsync(RunId id, CancellationToken cancellationToken) => JsonLinesJournal.ReadAsync(_folders.JournalOf(Find(id)), cancellationToken);

    /// <summary>The events of a run from its first one on, each with the state after it, and those that another process adds as they come. Ends when the run has ended, or nobody works on it.</summary>
    /// <param name="id">The run; a prefix that fits only one is enough.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PlanlaneException">No run, or more than one, fits.</exception>
    public async IAsyncEnumerable<RunUpdate> FollowAsync(RunId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var state = RunState.Empty;
        await foreach (var recorded in JournalTail.ReadAsync(_folders.JournalOf(Find(id)), _options.Time, cancellationToken).ConfigureAwait(false))
        {
            yield return new RunUpdate(recorded, state = state.Apply(recorded));
            if (state is { End: not null, Running.Count: 0 })
                yield break;
        }
    }

    /// <summary>What the rules say of a plan for the repository as it is now.</summary>
    public async Task<PlanProof> ProveAsync(RunRequest request, Plan plan, RunSettings settings, CancellationToken cancellationToken)
    {
        var snapshot = await _repository.SnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var planning = Planning();
        return await planning.Prover.ProveAsync(plan, request, settings, BaseOf(snapshot), isFirstTry: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the rules say of a plan that a person edited, for the base that the run started from; who edits may want another number of agents than was asked for.</summary>
    public async Task<PlanProof> ProveAsync(RunState state, Plan plan, CancellationToken cancellationToken)
    {
        await using var planning = Planning();
        return await planning.Prover.ProveAsync(plan, state.Request with { Agents = null }, state.Settings, state.Base, isFirstTry: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where the last plan of a run is kept that stayed invalid, so that a person can mend what was paid for.</summary>
    public string DraftPathOf(RunId id) => Path.Combine(Path.GetDirectoryName(_folders.JournalOf(id))!, "plan.json");

    /// <summary>Where the diagnostics of a run are written: one JSON object a line.</summary>
    public string LogPathOf(RunId id) => _options.LogFile ?? _folders.LogOf(id);

    /// <summary>The folder for what is kept of comparisons.</summary>
    public string Comparisons => _folders.Comparisons;

    /// <summary>What moved since the commit that a saved plan was made for; null when it is for HEAD.</summary>
    public async Task<BaseMove?> MoveSinceAsync(PlanFile saved, CancellationToken cancellationToken)
    {
        var head = (await _repository.GetStateAsync(cancellationToken).ConfigureAwait(false)).Head;
        return saved.BaseCommit is { } commit && head is { } now && commit != now
            ? await BaseMove.ReadAsync(_repository, saved.Plan, commit, now, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>The map of the repository as it is now, as the planner would be shown it for a request. Asks no model.</summary>
    /// <param name="request">Its words make files relevant; may be empty.</param>
    /// <param name="checks">The commands that the user set.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<RepositoryMap> MapAsync(RunRequest request, ValueList<PlannedCheck> checks, CancellationToken cancellationToken)
    {
        var snapshot = await _repository.SnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var planning = Planning();
        return await planning.Survey.MapAsync(snapshot.Tree, snapshot.Commit, request, checks, RepositorySurvey.PlannerTokens, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a request is expected to cost before it is planned. Asks no model.</summary>
    /// <param name="request">A request without problems.</param>
    /// <param name="settings">The models and slots.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<RequestEstimate> EstimateAsync(RunRequest request, RunSettings settings, CancellationToken cancellationToken)
    {
        var map = await MapAsync(request, settings.Checks, cancellationToken).ConfigureAwait(false);
        await using var planning = Planning();
        return await planning.Estimator.EstimateAsync(request, settings, map, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How a landed run would be taken back, or one that was taken back would land again.</summary>
    /// <param name="id">The run.</param>
    /// <param name="redo">Whether it is to land again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PlanlaneException">It was not landed, or what came after makes it impossible.</exception>
    public async Task<UndoPlan> PlanUndoAsync(RunId id, bool redo, CancellationToken cancellationToken)
    {
        var state = await LoadAsync(id, cancellationToken).ConfigureAwait(false);
        await new Landing(_repository).RecoverAsync(cancellationToken).ConfigureAwait(false);
        var landed = new LandedRun(_repository, state.Id, LandedRun.ReceiptOf(state, redo));
        return redo ? await landed.PlanRedoAsync(cancellationToken).ConfigureAwait(false) : await landed.PlanUndoAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a landed run back: branch, index and work tree; the user's own changes are kept. Where other commits came after it, new ones revert it.</summary>
    /// <exception cref="PlanlaneException">It was not landed, or what came after is in conflict; nothing has moved then.</exception>
    public async Task<UndoPlan> UndoAsync(RunId id, CancellationToken cancellationToken)
    {
        await using var journal = JsonLinesJournal.Open(_folders.JournalOf(Find(id)), _options.Time);
        var state = await journal.RestoreAsync(cancellationToken).ConfigureAwait(false);
        var landed = new LandedRun(_repository, state.Id, LandedRun.ReceiptOf(state, redo: false));
        var plan = await landed.PlanUndoAsync(cancellationToken).ConfigureAwait(false);
        var reverts = await landed.UndoAsync(plan, cancellationToken).ConfigureAwait(false);
        await AppendAsync(journal, state, new RunUndone { Reverts = reverts }, cancellationToken).ConfigureAwait(false);
        await _repository.DeleteRefsAsync(state.Id, cancellationToken).ConfigureAwait(false);
        return plan;
    }

    /// <summary>Lands a run again that was taken back: its own commits when nothing came since, else new ones that do the same.</summary>
    /// <exception cref="PlanlaneException">It was not taken back, or what came since is in conflict; nothing has moved then.</exception>
    public async Task<UndoPlan> RedoAsync(RunId id, CancellationToken cancellationToken)
    {
        await using var journal = JsonLinesJournal.Open(_folders.JournalOf(Find(id)), _options.Time);
        var state = await journal.RestoreAsync(cancellationToken).ConfigureAwait(false);
        var landed = new LandedRun(_repository, state.Id, LandedRun.ReceiptOf(state, redo: true));
        var plan = await landed.PlanRedoAsync(cancellationToken).ConfigureAwait(false);
        var receipt = await landed.RedoAsync(plan, cancellationToken).ConfigureAwait(false);
        await AppendAsync(journal, state, new RunRedone(receipt), cancellationToken).ConfigureAwait(false);
        await _repository.DeleteRefsAsync(state.Id, cancellationToken).ConfigureAwait(false);
        return plan;
    }

    /// <summary>Opens what a human needs to review work; the caller disposes it.</summary>
    public ReviewDoor OpenReviews() => new(_repository);

    /// <summary>What each agent of a run changed, as far as the repository still has it.</summary>
    public Task<ValueList<AgentDiff>> DiffsAsync(RunState state, CancellationToken cancellationToken) => new RunDiffs(_repository).ReadAsync(state, cancellationToken);

    /// <summary>What a plan that a person edited is expected to cost.</summary>
    public async Task<PlanEstimate> EstimateAsync(RunState state, Plan plan, CancellationToken cancellationToken)
    {
        await using var planning = Planning();
        return await planning.Estimator.EstimateAsync(plan, state.Request, state.Settings, state.Base.Tree, state.Calls, cancellationToken).ConfigureAwait(false);
    }

    private RunTidying Tidying => new(_repository, _folders);

    private PlanningParts Planning() => new(_repository, _folders, _options.Time);

    private async Task<PlanGiven> GivenAsync(PlanningParts planning, PlanFile saved, RunRequest request, RunBase start, RunSettings settings, CancellationToken cancellationToken)
    {
        if (saved.BaseCommit is { } commit && commit != start.Commit)
            throw (await BaseMove.ReadAsync(_repository, saved.Plan, commit, start.Commit, cancellationToken).ConfigureAwait(false)).ToFault(saved.Name);
        var proof = await planning.Prover.ProveAsync(saved.Plan, request, settings, start, isFirstTry: false, cancellationToken).ConfigureAwait(false);
        if (!proof.Holds)
            throw new PlanlaneException(FaultKind.Usage, $"The plan cannot be run: {string.Join("; ", proof.Problems)}", $"Mend the plan, then check it: planlane validate {saved.Name}");
        if (!proof.Verdict.Divides)
            throw new PlanlaneException(FaultKind.Unsuitable, $"The plan should not be run by several agents: {proof.Verdict.Reason}", $"Run it all the same: planlane run {saved.Name} --force; or give the request to one agent: planlane \"REQUEST\" --single");
        var estimate = await planning.Estimator.EstimateAsync(proof.Plan, request, settings, start.Tree, [], cancellationToken).ConfigureAwait(false);
        return new PlanGiven(proof.Plan, estimate) { Notes = proof.Notes, Contracts = proof.Contracts, Verdict = proof.Verdict };
    }

    private static RunBase BaseOf(Snapshot snapshot) => new(snapshot.Commit, snapshot.Tree, snapshot.BranchRef, snapshot.Uncommitted);

    private RunId Find(RunId id) => _folders.List().Where(run => run.Value.StartsWith(id.Value, StringComparison.Ordinal)).ToList() switch
    {
        [var only] => only,
        [] => throw new PlanlaneException(FaultKind.Usage, $"There is no run '{id}' in this repository.", "List them: planlane runs"),
        var found => throw new PlanlaneException(FaultKind.Usage, $"'{id}' fits {found.Count} runs.", "Give more of its id; list them: planlane runs"),
    };

    // Where there is no sandbox at all, commands would have the whole network.
    private async Task EnsureHostsAsync(WorkspacePolicy policy, CancellationToken cancellationToken)
    {
        if (policy is { IsSandboxed: true, Network: NetworkAccess.Hosts } && await HostsTrial.LackAsync(RunEngine.SandboxOf(_options, policy), cancellationToken).ConfigureAwait(false) is { } lack)
            throw new PlanlaneException(FaultKind.Usage, $"Commands cannot be given single hosts here. {lack}", "Allow the whole network with --allow-network, or none; planlane doctor says what this machine can do.");
    }

    private ActiveRun Activate(RunId id, JsonLinesJournal journal, RunEngine engine, IReadOnlyList<RunEvent> begun) =>
        new(journal, engine, _options, begun, RunObservers.Of(id, _folders, _options), state => state.End is null ? Task.CompletedTask : Tidying.CleanAsync(state));

    private async Task AppendAsync(JsonLinesJournal journal, RunState state, RunEvent happened, CancellationToken cancellationToken) =>
        await journal.AppendAsync([new RecordedEvent(state.Sequence + 1, _options.Time.GetUtcNow(), happened)], cancellationToken).ConfigureAwait(false);

    private RunId NewId()
    {
        var random = new Random(_options.Seed);
        var taken = _folders.List().ToHashSet();
        while (true)
        {
            var id = new RunId(random.Next(1 << 24).ToString("x6", System.Globalization.CultureInfo.InvariantCulture));
            if (!taken.Contains(id))
                return id;
        }
    }
}
