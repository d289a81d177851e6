namespace Planlane.Budgets;

/// <summary>Whether a model call may be sent under the caps on money: a pure decision, the same for a run's own budget and for those that runs share.</summary>
/// <remarks>
/// Each call reserves what it can cost at most before it is sent, and gives back what it did not use. What is spent and reserved together never exceeds a cap, so callers
/// at work at once cannot overrun it together.
/// </remarks>
public static class SpendRules
{
    /// <summary>Decides on a call.</summary>
    /// <param name="levels">What stands against each cap that holds; none for no cap.</param>
    /// <param name="most">What the call can cost at most.</param>
    public static SpendVerdict Ask(IEnumerable<SpendLevel> levels, Cost most)
    {
        SpendVerdict verdict = new SpendVerdict.Granted();
        foreach (var level in levels)
        {
            if (level.Spent + level.Others + most > level.Cap)
                return new SpendVerdict.Refused(level);
            if (level.Spent + level.Others + level.Own + most > level.Cap)
                verdict = new SpendVerdict.Wait();
        }

        return verdict;
    }
}

/// <summary>What stands against one cap at a moment.</summary>
/// <param name="Scope">Whose cap it is.</param>
/// <param name="Cap">The most that may be spent.</param>
/// <param name="Spent">What is spent.</param>
/// <param name="Own">What the asker's own calls in flight hold reserved; it comes back to him when they end.</param>
/// <param name="Others">What others hold reserved, of whom nobody knows when they end.</param>
public readonly record struct SpendLevel(SpendScope Scope, Cost Cap, Cost Spent, Cost Own, Cost Others);

/// <summary>What a cap on money is for.</summary>
public enum SpendScope
{
    /// <summary>One run.</summary>
    Run,

    /// <summary>All runs of a day.</summary>
    Day,

    /// <summary>All runs of a repository.</summary>
    Repository,
}

/// <summary>The answer to a call that asks for money: a closed set.</summary>
public abstract record SpendVerdict
{
    private SpendVerdict()
    {
    }

    /// <summary>It may be sent.</summary>
    public sealed record Granted : SpendVerdict;

    /// <summary>Not now: it may fit when one of the asker's own calls in flight has ended.</summary>
    public sealed record Wait : SpendVerdict;

    /// <summary>No: a cap does not cover it, whatever the asker's own calls give back.</summary>
    /// <param name="Level">The cap that does not.</param>
    public sealed record Refused(SpendLevel Level) : SpendVerdict;
}
