namespace Planlane.Journal;

/// <summary>Who works on a run.</summary>
/// <param name="Process">The process's number.</param>
/// <param name="Host">The machine that it runs on.</param>
/// <param name="Since">When it began.</param>
public sealed record LeaseHolder(int Process, string Host, DateTimeOffset Since)
{
    /// <summary>Tells that process from a later one with its number; null where it was not recorded.</summary>
    public string? Mark { get; init; }
}
