using Planlane.Runs;

namespace Planlane.Commits.Hooks;

/// <summary>A hook refused a commit.</summary>
/// <param name="refusal">Which, and why.</param>
/// <param name="message">What happened.</param>
/// <param name="hint">What to do next.</param>
internal sealed class CommitRefusedException(CommitRefusal refusal, string message, string hint) : PlanlaneException(FaultKind.ChecksFailed, message, hint)
{
    public CommitRefusal Refusal { get; } = refusal;
}
