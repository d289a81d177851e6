using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Dialogue;

/// <summary>The way out that is offered when approved work could not land: onto the commits that came meanwhile, or back to the agent whose commit a hook refused.</summary>
internal static class LandingOffer
{
    public const string Rebase = "Put the work on HEAD as it is now? It is checked again first. (yes / no)";

    /// <summary>How the run goes on; null when the user does not want it, there is no such way, or nobody can be asked.</summary>
    public static async Task<RunResumed?> AskAsync(Terminal terminal, Answers answers, RunState state, CancellationToken cancellationToken)
    {
        if (!terminal.CanAsk || Of(state) is not { } offer)
            return null;
        try
        {
            return await answers.AgreesAsync(offer.Question, cancellationToken).ConfigureAwait(false) ? offer.Resumed : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static (string Question, RunResumed Resumed)? Of(RunState state) => state switch
    {
        { Halt: null } or { ApprovedChanges: null } => null,
        { Refusal: { Comment: not null } refusal } =>
            ($"Review the work again, with what the hook says as a comment for {refusal.Agent}? Nothing is sent before you say so there. (yes / no)", new RunResumed(Budget: null) { Review = true }),
        // Which way out there is stands in the halt's own hint, as the journal keeps it.
        { Halt: { Kind: FaultKind.Stale, Hint: { } hint } } when hint.EndsWith("--rebase", StringComparison.Ordinal) => (Rebase, new RunResumed(Budget: null) { Rebase = true }),
        _ => null,
    };
}
