using Planlane.Git;
using Planlane.Hosting;
using Planlane.Requests;

namespace Planlane.Planning;

/// <summary>What plans are made, proven and estimated with, put together once for a run and for the questions that surfaces ask beside one.</summary>
public sealed class PlanningParts : IAsyncDisposable
{
    /// <summary>Puts them together.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="folders">Where what earlier runs taught is kept.</param>
    /// <param name="time">Tells the day whose prices hold.</param>
    public PlanningParts(GitRepository repository, RunFolders folders, TimeProvider time)
    {
        Objects = new GitObjects(repository);
        var code = new CodeGraphBuilder(repository);
        Survey = new RepositorySurvey(repository, Objects, code);
        Prover = new PlanProver(repository, code, new ContractChecker(repository, Objects));
        Estimator = new Estimator(repository, Survey, new EstimateHistory(folders), time);
        Single = new SinglePlanner(Survey, Prover, time);
    }

    /// <summary>The repository's object database.</summary>
    public GitObjects Objects { get; }

    /// <summary>Maps the repository.</summary>
    public RepositorySurvey Survey { get; }

    /// <summary>Proves plans.</summary>
    public PlanProver Prover { get; }

    /// <summary>Estimates plans.</summary>
    public Estimator Estimator { get; }

    /// <summary>Makes the plan of a run of one agent.</summary>
    public SinglePlanner Single { get; }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Objects.DisposeAsync();
}
