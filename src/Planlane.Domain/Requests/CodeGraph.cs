using Planlane.Values;

namespace Planlane.Requests;

/// <summary>A tree as code: which file uses which, what each shows to others, and which files many parts touch. Immutable; thread-safe.</summary>
public sealed class CodeGraph
{
    private readonly Dictionary<RepoPath, SourceFile> _files;
    private readonly Dictionary<RepoPath, ValueList<RepoPath>> _dependants;

    /// <summary>Makes the graph of the files of one tree.</summary>
    /// <param name="files">Each path once.</param>
    public CodeGraph(IEnumerable<SourceFile> files)
    {
        Files = files.OrderBy(file => file.Path).ToValueList();
        _files = Files.ToDictionary(file => file.Path);
        _dependants = Files.SelectMany(file => file.Uses.Select(used => (used, file.Path))).GroupBy(use => use.used)
            .ToDictionary(group => group.Key, group => group.Select(use => use.Path).ToValueList());
    }

    /// <summary>A graph that knows no file; every question has an empty answer.</summary>
    public static CodeGraph Empty { get; } = new([]);

    /// <summary>Every file that is known, by path.</summary>
    public ValueList<SourceFile> Files { get; }

    /// <summary>What is known of a file, or null.</summary>
    public SourceFile? Find(RepoPath path) => _files.GetValueOrDefault(path);

    /// <summary>The files that use a file directly, by path; empty when none is known.</summary>
    public ValueList<RepoPath> DependantsOf(RepoPath path) => _dependants.GetValueOrDefault(path) ?? [];

    /// <summary>Why many parts touch a file, or null when it is none of those.</summary>
    public HubKind? HubOf(RepoPath path) => Find(path)?.Hub;
}

/// <summary>A file of a tree, as other files see it.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Language">Its language as people call it, such as <c>C#</c>; null when it is not read as source.</param>
/// <param name="Uses">The files of the tree that it uses directly, by path, itself not among them.</param>
/// <param name="Signatures">What it shows to others: public types and members, in the order of the text.</param>
/// <param name="Hub">Why many parts touch it, or null.</param>
public sealed record SourceFile(RepoPath Path, string? Language, ValueList<RepoPath> Uses, ValueList<Signature> Signatures, HubKind? Hub);

/// <summary>A public type or member of a file.</summary>
/// <param name="Name">Its name, qualified by its type: <c>JwtTokens.Sign</c>.</param>
/// <param name="Text">Its declaration on one line, without body, comments and attributes.</param>
/// <param name="Line">Where it stands, from 1.</param>
public sealed record Signature(string Name, string Text, int Line);

/// <summary>Why many parts of a repository touch a file, so that two tasks that change it at once would meet.</summary>
public enum HubKind
{
    /// <summary>Many files use it.</summary>
    ManyDependants,

    /// <summary>It puts the parts together: dependency injection, plug-ins, exports of a package.</summary>
    Registration,

    /// <summary>It names the routes or endpoints.</summary>
    Routes,

    /// <summary>It says what belongs to a project and what it depends on.</summary>
    Project,

    /// <summary>A tool writes it from the project files.</summary>
    LockFile,

    /// <summary>Its place in a sequence of migrations counts.</summary>
    Migration,
}
