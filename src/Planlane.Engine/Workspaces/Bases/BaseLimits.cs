namespace Planlane.Workspaces.Bases;

/// <summary>How much of the user's ignored files is copied.</summary>
public sealed record BaseLimits
{
    /// <summary>The limits when nobody says otherwise.</summary>
    public static BaseLimits Default { get; } = new();

    /// <summary>An ignored folder with more files is shared instead of copied.</summary>
    public int MostFiles { get; init; } = 20_000;

    /// <summary>An ignored folder with more bytes is shared instead of copied.</summary>
    public long MostBytes { get; init; } = 1L << 30;

    /// <summary>An ignored file that lies in no ignored folder and has more bytes is left out.</summary>
    public long MostFileBytes { get; init; } = 256L << 20;

    /// <summary>A folder with more files and folders, which nobody can look through for secrets in good time, is left out.</summary>
    public int MostNames { get; init; } = 250_000;
}
