using System.Collections.Concurrent;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Planlane.Git;
using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Planning.Contracts;

/// <summary>Compiles the projects of a tree with contracts laid over; each project once, and only those that are asked for with what they reference.</summary>
/// <param name="objects">Reads the tree's files.</param>
/// <param name="files">The files of the tree.</param>
/// <param name="projects">Its projects, with the contracts laid over.</param>
/// <param name="contracts">The contracts in C#, by path.</param>
/// <param name="assemblies">What is compiled against.</param>
internal sealed class CSharpCompilations(
    GitObjects objects, IReadOnlyDictionary<RepoPath, TreeEntry> files, CSharpProjects projects, IReadOnlyDictionary<RepoPath, string> contracts, CSharpAssemblies assemblies)
{
    private const int MostBytes = 2_000_000;

    private readonly Dictionary<int, CSharpCompilation> _done = [];
    private readonly Dictionary<int, IReadOnlyList<string>> _missing = [];

    /// <summary>A project with the contracts laid over; its trees have the paths of the files, contracts last.</summary>
    /// <param name="project">The project's index; -1 for the files that belong to none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<CSharpCompilation> OfAsync(int project, CancellationToken cancellationToken)
    {
        if (_done.TryGetValue(project, out var done))
            return done;

        // A project that references itself in a circle is compiled without that reference.
        _done[project] = CSharpCompilation.Create("circle");
        var parts = new List<MetadataReference>();
        var reach = project < 0 ? [] : projects.Reach(project).Where(other => other != project).ToList();
        foreach (var other in reach)
            parts.Add((await OfAsync(other, cancellationToken).ConfigureAwait(false)).ToMetadataReference());
        var (references, missing) = AssembliesOf(project, reach);
        _missing[project] = missing;
        var trees = await TreesAsync(project, cancellationToken).ConfigureAwait(false);
        return _done[project] = CSharpCompilation.Create(
            project < 0 ? "contracts" : projects.All[project].Assembly, trees, [.. references, .. parts],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>What a project that was compiled needs and what is not here.</summary>
    public IReadOnlyList<string> MissingOf(int project) => _missing[project];

    /// <summary>The tree of a file as the base has it, in the language of a project; null when it is not there.</summary>
    public async Task<SyntaxTree?> BaseAsync(RepoPath path, int project, CancellationToken cancellationToken) =>
        files.TryGetValue(path, out var entry) ? CSharpSyntaxTree.ParseText(await TextAsync(entry, cancellationToken).ConfigureAwait(false), OptionsOf(project), path.Value, null, cancellationToken) : null;

    /// <summary>How the files of a project are parsed.</summary>
    public CSharpParseOptions OptionsOf(int project) =>
        project >= 0 && projects.All[project].LanguageVersion is { } version && LanguageVersionFacts.TryParse(version, out var known) ? CSharpLanguage.Options.WithLanguageVersion(known) : CSharpLanguage.Options;

    private (IReadOnlyList<MetadataReference> References, IReadOnlyList<string> Missing) AssembliesOf(int project, IEnumerable<int> reach)
    {
        if (project < 0)
            return (assemblies.Of(new CSharpProject(new RepoPath("none.csproj"))).References, ["what a project file would name, as the contract lies in no C# project"]);

        var all = reach.Prepend(project).Select(index => assemblies.Of(projects.All[index])).ToList();
        return ([.. all.SelectMany(found => found.References).DistinctBy(reference => Path.GetFileName(reference.Display))], [.. all.SelectMany(found => found.Missing).Distinct()]);
    }

    private async Task<IReadOnlyList<SyntaxTree>> TreesAsync(int project, CancellationToken cancellationToken)
    {
        var texts = new List<(RepoPath Path, string Text)>();
        foreach (var (path, entry) in files)
            if (IsSource(path, entry) && !contracts.ContainsKey(path) && Owns(project, path))
                texts.Add((path, await TextAsync(entry, cancellationToken).ConfigureAwait(false)));
        texts.Sort((left, right) => left.Path.CompareTo(right.Path));
        // The compiler blames the later one of two declarations, which shall be the contract.
        texts.AddRange(contracts.Where(contract => Owns(project, contract.Key)).OrderBy(contract => contract.Key).Select(contract => (contract.Key, contract.Value)));

        var options = OptionsOf(project);
        var trees = new ConcurrentDictionary<int, SyntaxTree>();
        Parallel.For(0, texts.Count, new ParallelOptions { CancellationToken = cancellationToken }, index =>
            trees[index] = CSharpSyntaxTree.ParseText(texts[index].Text, options, texts[index].Path.Value, null, cancellationToken));
        var written = Enumerable.Range(0, texts.Count).Select(index => trees[index]);
        return project < 0 ? [.. written] : [CSharpSyntaxTree.ParseText(SettingsOf(projects.All[project]), options, "", null, cancellationToken), .. written];
    }

    private bool Owns(int project, RepoPath path) => projects.Owning(path) is var owners && (project < 0 ? owners.Count == 0 : owners.Contains(project));

    private static bool IsSource(RepoPath path, TreeEntry entry) =>
        path.Value.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) && entry is { Mode: FileModes.File or FileModes.Executable, Size: <= MostBytes } && !path.Value.Split('/').Any(part => part is "bin" or "obj");

    private async Task<string> TextAsync(TreeEntry entry, CancellationToken cancellationToken) => Encoding.UTF8.GetString(await objects.ReadBlobAsync(entry.Id, cancellationToken).ConfigureAwait(false)).TrimStart('\uFEFF');

    // What MSBuild would generate from the project file.
    private static string SettingsOf(CSharpProject project)
    {
        var text = new StringBuilder();
        foreach (var item in project.Usings)
            text.Append("global using ").Append(item.Kind == CSharpUsingKind.Static ? "static " : "").Append(item.Alias is { } alias ? $"{alias} = " : "").Append(item.Names[0]).Append(";\n");
        foreach (var friend in project.Friends.Where(friend => friend != "*"))
            text.Append("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(").Append(SymbolDisplay.FormatLiteral(friend, quote: true)).Append(")]\n");
        return text.ToString();
    }
}
