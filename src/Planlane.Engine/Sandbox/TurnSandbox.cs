namespace Planlane.Sandbox;

/// <summary>Lets only so many commands run at once in another sandbox. The time that a command waits for its turn counts neither into its limit nor into what it is said to have taken.</summary>
/// <param name="inner">Runs them.</param>
/// <param name="turns">The places.</param>
public sealed class TurnSandbox(ISandbox inner, CommandTurns turns) : ISandbox
{
    /// <inheritdoc />
    public SandboxFacts Facts => inner.Facts;

    /// <inheritdoc />
    public async Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        using var place = await turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        return await inner.RunAsync(command, cancellationToken).ConfigureAwait(false);
    }
}
