namespace Planlane.Simulator.Faults;

/// <summary>How often a scripted agent does worse than its script, as shares of its answers from 0 to 1: what a model gets wrong, not what the service does. Immutable.</summary>
/// <remarks>
/// At most one mistake an answer; which answers have one is drawn from the simulator's seed and the conversation. The script sees its own mistakes in the conversation,
/// as a model does, and goes on from there.
/// </remarks>
public sealed record Imperfection
{
    /// <summary>No mistakes; the default.</summary>
    public static Imperfection None { get; } = new();

    /// <summary>A small model: the rate of bad edits lies within the 2 to 9 % that were measured of such models (aider's leaderboards, 2024 and 2025); the others are assumptions.</summary>
    public static Imperfection Small { get; } = new() { BadAnchor = 0.05, BrokenCode = 0.06, OutsideLane = 0.02, FalseDone = 0.02, EarlyStop = 0.02, Loop = 0.01 };

    /// <summary>A larger model: about a third of the mistakes of a small one.</summary>
    public static Imperfection Large { get; } = new() { BadAnchor = 0.018, BrokenCode = 0.02, OutsideLane = 0.005, FalseDone = 0.005, EarlyStop = 0.005, Loop = 0.002 };

    /// <summary>Mistakes in the proportions of the taxonomy MAST, of which a script makes the six most frequent.</summary>
    /// <remarks>MAST (arXiv 2503.13657, 2025) names classes of failures of systems of agents, with their shares of 1,642 traces; which of our mistakes stands for which is our choice.</remarks>
    /// <param name="share">How many of all answers have one, from 0 to 1.</param>
    public static Imperfection OfMast(double share) => new()
    {
        // Their shares in percent: step repetition, reasoning and action apart, unaware of termination, task disobeyed, wrong verification, none.
        Loop = share * 15.7 / MastSum,
        SaysOnly = share * 13.2 / MastSum,
        NoEnd = share * 12.4 / MastSum,
        OutsideLane = share * 11.8 / MastSum,
        WrongEvidence = share * 9.1 / MastSum,
        NoEvidence = share * 8.2 / MastSum,
    };

    private const double MastSum = 15.7 + 13.2 + 12.4 + 11.8 + 9.1 + 8.2;

    /// <summary>An edit looks for a text that the file does not hold.</summary>
    public double BadAnchor { get; init; }

    /// <summary>A file that is written whole loses its last bracket.</summary>
    public double BrokenCode { get; init; }

    /// <summary>A file outside the lane is written as well.</summary>
    public double OutsideLane { get; init; }

    /// <summary>The work is reported as done and not done.</summary>
    public double FalseDone { get; init; }

    /// <summary>It ends with words and without a call.</summary>
    public double EarlyStop { get; init; }

    /// <summary>It reads a file that it wants to write, again, instead of writing it.</summary>
    public double Loop { get; init; }

    /// <summary>It says that it writes, reports the work as done, and does not write.</summary>
    public double SaysOnly { get; init; }

    /// <summary>The work is done and not ended: the report is left out.</summary>
    public double NoEnd { get; init; }

    /// <summary>The report names a test or a file as evidence that is not there.</summary>
    public double WrongEvidence { get; init; }

    /// <summary>The report names no evidence.</summary>
    public double NoEvidence { get; init; }

    /// <summary>All rates by the names of their mistakes.</summary>
    internal IEnumerable<(string Name, double Rate)> Rates =>
    [
        (nameof(BadAnchor), BadAnchor), (nameof(BrokenCode), BrokenCode), (nameof(OutsideLane), OutsideLane), (nameof(FalseDone), FalseDone), (nameof(EarlyStop), EarlyStop), (nameof(Loop), Loop),
        (nameof(SaysOnly), SaysOnly), (nameof(NoEnd), NoEnd), (nameof(WrongEvidence), WrongEvidence), (nameof(NoEvidence), NoEvidence),
    ];
}
