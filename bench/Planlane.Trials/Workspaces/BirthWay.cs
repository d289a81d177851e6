namespace Planlane.Trials.Workspaces;

/// <summary>A way to give agents workspaces.</summary>
/// <param name="Name">How it is called in the report.</param>
/// <param name="Agents">How many are made.</param>
/// <param name="MakeAsync">Makes them in a new run.</param>
/// <param name="Folders">Where they lie afterwards.</param>
internal sealed record BirthWay(string Name, int Agents, Func<int, CancellationToken, Task> MakeAsync, Func<int, IReadOnlyList<string>> Folders)
{
    /// <summary>Whether every file is written or named, which can take minutes where the others take seconds.</summary>
    public bool IsSlow { get; init; }
}

/// <summary>What making workspaces took.</summary>
/// <param name="Seconds">The time until the last one could be used.</param>
/// <param name="Bytes">The space that all of them take, second names counted once and the base not at all.</param>
internal sealed record Birth(double Seconds, long Bytes);
