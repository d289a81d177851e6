namespace Planlane.Sandbox;

/// <summary>What a command may take beside time. The defaults are generous: they stop what has gone wild, not what is large.</summary>
public sealed record BoxLimits
{
    /// <summary>The limits when nobody says otherwise.</summary>
    public static BoxLimits Default { get; } = new();

    /// <summary>Memory in bytes, of all its processes together where the system can count so, else of each: 8 GiB.</summary>
    public long Memory { get; init; } = 8L << 30;

    /// <summary>Processes and threads at one time: 4,096. A parallel build of a large solution needs some hundreds.</summary>
    public int Processes { get; init; } = 4096;

    /// <summary>The size in bytes of the largest file that it may write: 4 GiB.</summary>
    public long FileSize { get; init; } = 4L << 30;
}
