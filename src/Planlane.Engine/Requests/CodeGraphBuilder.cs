using Planlane.Git;
using Planlane.Hosting;
using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Makes the code graph of trees, and keeps what it read under the git common directory.</summary>
/// <remarks>Thread-safe, beside other processes too. What is kept is only a saving: without it everything is read again.</remarks>
public sealed class CodeGraphBuilder
{
    private readonly GitRepository _repository;
    private readonly IReadOnlyList<ISourceLanguage> _languages;
    private readonly string _folder;
    private readonly GraphCache _graphs;

    /// <summary>Makes graphs of the trees of a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="languages">The languages that are read, in the order in which they are asked; all when null.</param>
    public CodeGraphBuilder(GitRepository repository, IReadOnlyList<ISourceLanguage>? languages = null)
    {
        _repository = repository;
        _languages = languages ?? SourceLanguages.All;
        _folder = new RunFolders(repository.CommonDir).Maps;
        _graphs = new GraphCache(_folder, _languages);
    }

    /// <summary>The graph of a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="files">All files of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="GitException">A blob cannot be read.</exception>
    public async Task<CodeReading> BuildAsync(ObjectId tree, IReadOnlyDictionary<RepoPath, TreeEntry> files, CancellationToken cancellationToken)
    {
        if (_graphs.Read(tree) is { } kept)
            return kept;

        var selection = SourceSelection.Of(files, _languages);
        var today = DateOnly.FromDateTime(_repository.Time.GetUtcNow().UtcDateTime);
        var cache = ReadingCache.Open(_folder, today);
        var readings = await new SourceReader(_repository, cache).ReadAsync(selection.Wanted(), cancellationToken).ConfigureAwait(false);
        var reading = Linked(files, selection, readings);
        _graphs.Write(tree, reading);
        return reading;
    }

    private CodeReading Linked(IReadOnlyDictionary<RepoPath, TreeEntry> files, SourceSelection selection, IReadOnlyDictionary<ReadingKey, BlobReading> readings)
    {
        BlobReading ReadingOf(ObjectId blob, string reader) => readings[new ReadingKey(blob, reader)];
        var texts = selection.Texts.Select(file => (file.Path, ReadingOf(file.Blob, ReadingKey.Plain).Text)).Where(file => file.Text is not null)
            .ToDictionary(file => file.Path, file => file.Text!);
        var tree = new SourceTree(files.Keys, texts);

        var all = selection.Sources.Select(file => (file.Path, file.Language, Reading: ReadingOf(file.Blob, ReadingKey.ReaderOf(file.Language)))).ToList();
        var sources = all.Where(file => file.Reading.Facts is not null).ToDictionary(file => file.Path, file => (file.Language, Facts: file.Reading.Facts!));
        var uses = _languages.AsParallel().AsOrdered().SelectMany(language => language.Link(
            [.. sources.Where(file => file.Value.Language == language).OrderBy(file => file.Key).Select(file => new SourceText(file.Key, file.Value.Facts))], tree)).ToList();

        var unread = new UnreadSources(
            all.Count(file => file.Reading.State == ReadingState.Binary),
            all.Count(file => file.Reading.State == ReadingState.Generated) + selection.Generated,
            selection.Large);
        return new CodeReading(GraphOf(files, sources, uses), unread);
    }

    private static CodeGraph GraphOf(
        IReadOnlyDictionary<RepoPath, TreeEntry> files, Dictionary<RepoPath, (ISourceLanguage Language, SourceFacts Facts)> sources, List<FileUse> uses)
    {
        var real = uses.Where(use => use.From != use.To && files.GetValueOrDefault(use.To) is { Mode: not FileModes.Submodule }).Distinct().ToList();
        var used = real.ToLookup(use => use.From, use => use.To);
        var dependants = real.CountBy(use => use.To).ToDictionary();
        return new CodeGraph(files.Where(file => file.Value.Mode != FileModes.Submodule).Select(file =>
        {
            var (path, source) = (file.Key, sources.GetValueOrDefault(file.Key));
            var targets = used[path].Order().ToValueList();
            var hub = SourceSelection.IsForeign(path) ? null : HubFiles.Of(path, targets, dependants.GetValueOrDefault(path), sources.Count);
            return new SourceFile(path, source.Language?.Name, targets, source.Facts?.Signatures ?? [], hub);
        }));
    }
}
