namespace Planlane.Runs;

/// <summary>Why a command or a run did not reach its end; each kind has one exit code.</summary>
public enum FaultKind
{
    /// <summary>Something failed: git, a file, the model's service. Exit code 1.</summary>
    Failed,

    /// <summary>The command, its settings or the repository are not fit for it. Exit code 2.</summary>
    Usage,

    /// <summary>A decision of the user is needed and nobody can be asked. Exit code 3.</summary>
    InputNeeded,

    /// <summary>The budget is reached. Exit code 5.</summary>
    Budget,

    /// <summary>Checks failed, or a write outside a lane was found. Exit code 6.</summary>
    ChecksFailed,

    /// <summary>The plan is stale or HEAD has moved. Exit code 7.</summary>
    Stale,

    /// <summary>The request is not suitable for orchestration. Exit code 8.</summary>
    Unsuitable,
}
