using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>What workspaces do not see as it is in the user's folder, for one reason, short enough to be shown and recorded.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Count">How many paths it is true of.</param>
/// <param name="Paths">The first of them, in their order.</param>
public sealed record BaseNote(RemarkKind Kind, int Count, ValueList<RepoPath> Paths)
{
    // A sparse checkout leaves out thousands.
    private const int MostPaths = 5;

    /// <summary>The remarks by their reasons.</summary>
    public static ValueList<BaseNote> Of(IEnumerable<BaseRemark> remarks) => remarks.Distinct().GroupBy(remark => remark.Kind).OrderBy(group => group.Key)
        .Select(group => new BaseNote(group.Key, group.Count(), group.Select(remark => remark.Path).Order().Take(MostPaths).ToValueList())).ToValueList();

    /// <summary>The notes with later ones; of the same reason the later one is true.</summary>
    public static ValueList<BaseNote> With(ValueList<BaseNote> notes, ValueList<BaseNote> later) =>
        notes.Where(note => later.All(other => other.Kind != note.Kind)).Concat(later).OrderBy(note => note.Kind).ToValueList();
}
