using Planlane.Reports;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>A changed file of a review.</summary>
/// <param name="Task">The task that changes it, or null for a contract.</param>
/// <param name="Path">The file.</param>
/// <param name="Kind">How it changes.</param>
/// <param name="Added">Lines added; 0 for a binary file.</param>
/// <param name="Deleted">Lines deleted; 0 for a binary file.</param>
/// <param name="Before">Its content before this task's change, or null when there was none.</param>
/// <param name="After">Its proposed content, or null when it is deleted.</param>
public sealed record ReviewFile(TaskId? Task, RepoPath Path, FileChangeKind Kind, int Added, int Deleted, ObjectId? Before, ObjectId? After)
{
    /// <summary>Its git mode before, <c>000000</c> when there was none.</summary>
    public string ModeBefore { get; init; } = "100644";

    /// <summary>Its proposed git mode, <c>000000</c> when it is deleted.</summary>
    public string ModeAfter { get; init; } = "100644";

    /// <summary>Whether it has no lines that could be shown.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Why many parts of the repository touch it, or null.</summary>
    public HubKind? Hub { get; init; }

    /// <summary>The files of the combined work that use it directly, by path.</summary>
    public ValueList<RepoPath> UsedBy { get; init; } = [];

    /// <summary>What changes of what it shows to others.</summary>
    public SurfaceChange Surface { get; init; } = SurfaceChange.None;

    /// <summary>Whether it would be committed.</summary>
    public ReviewStanding Standing { get; init; }

    /// <summary>Whether the reviewer has viewed it as it is proposed now.</summary>
    public bool IsViewed { get; init; }

    /// <summary>Whether the reviewer saw another proposal of it at the last look.</summary>
    public bool ChangedSinceLastLook { get; init; }

    /// <summary>Its content at the last look, or null when it did not exist; of meaning when it changed since.</summary>
    public ObjectId? LastLook { get; init; }

    /// <summary>What makes it deserve a look, the most important first.</summary>
    public ValueList<Risk> Risks { get; init; } = [];
}

/// <summary>What changes of the public types and members of a file, by their names.</summary>
/// <param name="Added">New ones.</param>
/// <param name="Changed">Those that are declared otherwise than before.</param>
/// <param name="Removed">Those that are gone.</param>
public sealed record SurfaceChange(ValueList<string> Added, ValueList<string> Changed, ValueList<string> Removed)
{
    /// <summary>Nothing changes, or nothing is known.</summary>
    public static SurfaceChange None { get; } = new([], [], []);

    /// <summary>Whether something that others may use is another or gone.</summary>
    public bool Breaks => Changed.Count > 0 || Removed.Count > 0;

    /// <summary>What changes between two versions of a file.</summary>
    public static SurfaceChange Between(ValueList<Signature> before, ValueList<Signature> after)
    {
        var (old, now) = (before.ToLookup(item => item.Name, item => item.Text), after.ToLookup(item => item.Name, item => item.Text));
        return new SurfaceChange(
            now.Where(item => !old.Contains(item.Key)).Select(item => item.Key).ToValueList(),
            now.Where(item => old.Contains(item.Key) && !item.ToHashSet().SetEquals(old[item.Key])).Select(item => item.Key).ToValueList(),
            old.Where(item => !now.Contains(item.Key)).Select(item => item.Key).ToValueList());
    }
}
