namespace Planlane.Requests;

/// <summary>A tree as code, with what was not read of it.</summary>
/// <param name="Graph">Every file of the tree but submodules; those that are source with what they show and use.</param>
/// <param name="Unread">The source files that were not read.</param>
public sealed record CodeReading(CodeGraph Graph, UnreadSources Unread);

/// <summary>How many source files were not read, and why.</summary>
/// <param name="Binary">They are no text.</param>
/// <param name="Generated">A tool wrote them, or they are another project's.</param>
/// <param name="Large">They have more than 1 MiB.</param>
public sealed record UnreadSources(int Binary, int Generated, int Large)
{
    /// <summary>All of them.</summary>
    public int Count => Binary + Generated + Large;
}
