using Planlane.Values;

namespace Planlane.Git;

/// <summary>What happens to one ref in a landing.</summary>
/// <param name="Run">The run.</param>
/// <param name="Ref">The full name of the ref, or <c>HEAD</c> for a detached one.</param>
/// <param name="From">What it must name before; null when it must not be there.</param>
/// <param name="To">What it names after; null to delete it.</param>
/// <param name="Undo">Whether a landing is being taken back, which changes only words.</param>
internal sealed record RefMove(RunId Run, string Ref, ObjectId? From, ObjectId? To, bool Undo)
{
    /// <summary>What <c>git update-ref --stdin</c> reads.</summary>
    public string Lines => string.Join('\n', ["start", .. Ref == "HEAD" ? ["option no-deref"] : Array.Empty<string>(), Instruction, "prepare"]);

    public string Reflog => $"planlane: {(Undo ? "undo" : "land")} run {Run}";

    // A ref that stays is locked at its value until the rest has been done.
    private string Instruction => (From, To) switch
    {
        (null, { } to) => $"create {Ref} {to}",
        ({ } from, null) => $"delete {Ref} {from}",
        ({ } from, { } to) when from == to => $"verify {Ref} {from}",
        _ => $"update {Ref} {To} {From}",
    };
}
