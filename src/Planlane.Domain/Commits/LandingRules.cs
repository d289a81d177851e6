using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Commits;

/// <summary>What a landing policy may say.</summary>
public static class LandingRules
{
    private const string Heads = "refs/heads/";

    /// <summary>Why what a policy says cannot be done together, or null when it can.</summary>
    public static string? ProblemOf(LandingPolicy policy) => policy switch
    {
        { Form: LandingForm.Staged, Branch: not null } => "What is only staged goes to no branch: it lands in the index and the work tree as they are.",
        { Form: LandingForm.Staged, Onto: not null } => "What is only staged goes on what is checked out, and on no other commit.",
        _ => null,
    };

    /// <summary>The pattern that keeps a landing away from a branch, or null when it may be moved.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="branchRef">The full name of the branch's ref; null for a detached HEAD, which no pattern names.</param>
    public static string? ProtectionOf(LandingPolicy policy, string? branchRef)
    {
        if (policy.Form is LandingForm.Staged || branchRef is null)
            return null;
        var name = new RepoPath(ShortName(branchRef));
        return policy.Protected.FirstOrDefault(pattern => new Glob(pattern).Matches(name));
    }

    /// <summary>The ref that a policy moves.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="current">The branch that is checked out, or that the work was put on; null for a detached HEAD.</param>
    public static string? TargetOf(LandingPolicy policy, string? current) => policy.Branch is { } name ? Heads + name : current;

    /// <summary>A branch's name as people say it.</summary>
    public static string ShortName(string branchRef) => branchRef.StartsWith(Heads, StringComparison.Ordinal) ? branchRef[Heads.Length..] : branchRef;
}
