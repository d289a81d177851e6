namespace Planlane.Sandbox;

/// <summary>Runs commands of agents and checks so that they can do no harm, as far as the system can hold them. Thread-safe.</summary>
public interface ISandbox
{
    /// <summary>What holds here.</summary>
    SandboxFacts Facts { get; }

    /// <summary>Runs a command to its end; when this returns, no process of it is left.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Kills the command's process tree.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken);
}
