namespace Planlane.Workspaces.Collecting;

/// <summary>How much a command may leave behind, in bytes and files. What is larger is removed and named, and never read.</summary>
internal static class CollectLimits
{
    /// <summary>The largest file that can become part of the work.</summary>
    public const long File = 50_000_000;

    /// <summary>The largest build output that is kept for the next command.</summary>
    public const long Output = 2_000_000_000;

    /// <summary>The largest file of test results that is read.</summary>
    public const long Result = 8_000_000;

    /// <summary>How many files of test results are read.</summary>
    public const int Results = 64;

    /// <summary>How many undone paths are named; the others are undone all the same.</summary>
    public const int Named = 100;
}
