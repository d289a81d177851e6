using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Reads the source files of one language. Thread-safe.</summary>
/// <remarks>Reading and linking are apart so that what is read can be kept by the blob's id: it depends on the file's own text alone.</remarks>
public interface ISourceLanguage
{
    /// <summary>The language as people call it, such as <c>C#</c>; unique.</summary>
    string Name { get; }

    /// <summary>Grows whenever <see cref="Read"/> says something else of the same text; facts of another version are not used.</summary>
    int Version { get; }

    /// <summary>Whether a file is source of this language, by its path alone.</summary>
    bool Reads(RepoPath path);

    /// <summary>Whether <see cref="Link"/> needs the text of a file that is no source: a project file, a module file.</summary>
    bool NeedsText(RepoPath path);

    /// <summary>What a file says by itself. Odd or broken text never throws: what can be read of it is.</summary>
    SourceFacts Read(string text);

    /// <summary>Which files use which, by their paths; a file's use of itself is left out, a pair is given once.</summary>
    /// <param name="files">Every source file of this language with its facts.</param>
    /// <param name="tree">The tree that they lie in.</param>
    IEnumerable<FileUse> Link(IReadOnlyList<SourceText> files, SourceTree tree);
}

/// <summary>A source file with what was read of it.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Facts">What it says by itself.</param>
public readonly record struct SourceText(RepoPath Path, SourceFacts Facts);

/// <summary>A file that uses another of the same tree.</summary>
/// <param name="From">The file that uses.</param>
/// <param name="To">The file that is used.</param>
public readonly record struct FileUse(RepoPath From, RepoPath To);

/// <summary>The tree that source files lie in, for linking them.</summary>
/// <param name="paths">Every path of the tree.</param>
/// <param name="texts">The texts that the languages asked for.</param>
public sealed class SourceTree(IEnumerable<RepoPath> paths, IReadOnlyDictionary<RepoPath, string> texts)
{
    private readonly HashSet<RepoPath> _paths = [.. paths];

    /// <summary>The files whose text is known, with it.</summary>
    public IReadOnlyDictionary<RepoPath, string> Texts { get; } = texts;

    /// <summary>Whether the tree has a file at a path.</summary>
    public bool Has(RepoPath path) => _paths.Contains(path);
}
