using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Dialogue;

/// <summary>What is offered when HEAD moved while a run worked: to put its work on the commits that came.</summary>
internal static class RebaseOffer
{
    public const string Question = "Put the work on HEAD as it is now? It is checked again first. (yes / no)";

    /// <summary>Whether the user wants it; false when it is of no use or nobody can be asked.</summary>
    public static async Task<bool> AskAsync(Terminal terminal, Answers answers, RunState state, CancellationToken cancellationToken)
    {
        // Which way out there is stands in the halt's own hint, as the journal keeps it.
        if (!terminal.CanAsk || state is not { Halt: { Kind: FaultKind.Stale, Hint: { } hint }, ApprovedChanges: not null } || !hint.EndsWith("--rebase", StringComparison.Ordinal))
            return false;
        try
        {
            return (await answers.AskAsync(Question, cancellationToken).ConfigureAwait(false))?.ToLowerInvariant() is "yes" or "y" or "ok";
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
