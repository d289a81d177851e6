namespace Planlane.Budgets;

/// <summary>One line of the ledger of spending: a reservation, its settlement, or what was spent without one.</summary>
internal sealed record SpendLine
{
    /// <summary>Only on the first line: counts how often the file was written anew.</summary>
    public int? Generation { get; init; }

    /// <summary>The local date on which the call was sent; not on a settlement.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Who is paid.</summary>
    public string? Account { get; init; }

    /// <summary>The repository, by its git common directory.</summary>
    public string? Repository { get; init; }

    /// <summary>Names a reservation: the run, the state in which its process began, and a number.</summary>
    public string? Call { get; init; }

    /// <summary>What the call may cost at most, in US dollars.</summary>
    public decimal? Reserved { get; init; }

    /// <summary>What was spent, in US dollars.</summary>
    public decimal? Spent { get; init; }

    /// <summary>Only where the file was written anew: a run whose calls reserved.</summary>
    public string? Run { get; init; }

    /// <summary>What the settled calls of <see cref="Run"/> cost, in US dollars; counted in <see cref="Spent"/> of other lines already.</summary>
    public decimal? RunSpent { get; init; }
}
