using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Planlane.Git;
using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Planning.Contracts;

/// <summary>Compiles the C# contracts of a plan together with the projects that they lie in.</summary>
/// <param name="repository">The repository.</param>
/// <param name="objects">Its object database.</param>
internal sealed class CSharpContracts(GitRepository repository, GitObjects objects)
{
    /// <summary>What is found of each contract in C#, by path; files of other languages are left out.</summary>
    public async Task<IReadOnlyDictionary<RepoPath, ContractReading>> CheckAsync(Plan plan, ObjectId tree, CancellationToken cancellationToken)
    {
        var language = new CSharpLanguage();
        var contracts = plan.Contracts.Where(contract => language.Reads(contract.Path)).ToDictionary(contract => contract.Path, contract => contract.Content);
        if (contracts.Count == 0)
            return new Dictionary<RepoPath, ContractReading>();

        var files = await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false);
        var projects = new CSharpProjects(new SourceTree(files.Keys, await SettingsAsync(plan, files, cancellationToken).ConfigureAwait(false)));
        var compilations = new CSharpCompilations(objects, files, projects, contracts, new CSharpAssemblies(repository.Root));
        var readings = new Dictionary<RepoPath, ContractReading>();
        foreach (var path in contracts.Keys)
            if (SyntaxFaults(contracts[path], compilations.OptionsOf(ProjectOf(projects, path))) is { Count: > 0 } faults)
                readings[path] = ContractReading.Broken(faults);

        // What half a contract lacks would be blamed on those that use it.
        var isWhole = readings.Count == 0;
        foreach (var group in contracts.Keys.Where(path => !readings.ContainsKey(path)).GroupBy(path => ProjectOf(projects, path)).ToList())
        {
            if (isWhole)
                await CompileAsync(plan, group.Key, [.. group], compilations, readings, cancellationToken).ConfigureAwait(false);
            else
                foreach (var path in group)
                    readings[path] = new ContractReading(ContractState.Parsed, "It is compiled when the syntax of the other contracts is right.", []);
        }

        return readings;
    }

    private static int ProjectOf(CSharpProjects projects, RepoPath path) => projects.Owning(path) is [var first, ..] ? first : -1;

    private async Task<Dictionary<RepoPath, string>> SettingsAsync(Plan plan, IReadOnlyDictionary<RepoPath, TreeEntry> files, CancellationToken cancellationToken)
    {
        var texts = await CSharpSettings.ReadAsync(objects, files, cancellationToken).ConfigureAwait(false);
        foreach (var contract in plan.Contracts.Where(contract => CSharpProjects.IsProject(contract.Path) || CSharpProjects.IsShared(contract.Path)))
            texts[contract.Path] = contract.Content;
        return texts;
    }

    private static async Task CompileAsync(
        Plan plan, int project, IReadOnlyList<RepoPath> paths, CSharpCompilations compilations, Dictionary<RepoPath, ContractReading> readings, CancellationToken cancellationToken)
    {
        var compilation = await compilations.OfAsync(project, cancellationToken).ConfigureAwait(false);
        var trees = compilation.SyntaxTrees.Where(tree => paths.Contains(new RepoPath(tree.FilePath))).ToList();
        var before = await BeforeAsync(project, compilation, trees, compilations, cancellationToken).ConfigureAwait(false);
        var missing = compilations.MissingOf(project);
        bool? isUnseen = null;
        foreach (var tree in trees)
        {
            var errors = CSharpErrors.In(compilation, tree, cancellationToken);
            var isIncomplete = errors.Any(CSharpErrors.IsAboutAName) && (missing.Count > 0 || (isUnseen ??= CSharpErrors.HasUnknownNames(before, cancellationToken)));
            var kept = isIncomplete ? errors.Where(CSharpErrors.IsAboutADeclaration) : errors;
            var faults = kept.Select(FaultOf).ToList();
            readings[new RepoPath(tree.FilePath)] = faults.Count > 0 ? ContractReading.Broken(faults)
                : isIncomplete ? new ContractReading(ContractState.Parsed, NoteOf(errors, missing), [])
                : new ContractReading(ContractState.Compiled, null, []);
        }

        foreach (var (contract, fault) in BrokenOthers(plan, before, compilation, trees, cancellationToken))
            readings[contract] = ContractReading.Broken([.. readings[contract].Faults, fault]);
    }

    // The project as the base has it.
    private static async Task<CSharpCompilation> BeforeAsync(
        int project, CSharpCompilation compilation, IReadOnlyList<SyntaxTree> contracts, CSharpCompilations compilations, CancellationToken cancellationToken)
    {
        var before = compilation.RemoveSyntaxTrees(contracts);
        foreach (var contract in contracts)
            if (await compilations.BaseAsync(new RepoPath(contract.FilePath), project, cancellationToken).ConfigureAwait(false) is { } replaced)
                before = before.AddSyntaxTrees(replaced);
        return before;
    }

    // A contract can break a file that no task will touch: by a second declaration, or by replacing what the file uses.
    private static List<(RepoPath Contract, ContractFault Fault)> BrokenOthers(
        Plan plan, CSharpCompilation before, CSharpCompilation compilation, IReadOnlyList<SyntaxTree> contracts, CancellationToken cancellationToken)
    {
        var found = new List<(RepoPath, ContractFault)>();
        var untouched = before.SyntaxTrees.Where(tree => tree.FilePath.Length > 0 && compilation.ContainsSyntaxTree(tree) && !plan.Tasks.Any(task => task.Owns.Includes(new RepoPath(tree.FilePath)))).ToList();
        foreach (var contract in contracts)
        {
            var names = DeclaredIn(contract).Concat(before.SyntaxTrees.Where(tree => tree.FilePath == contract.FilePath).SelectMany(DeclaredIn)).ToHashSet(StringComparer.Ordinal);
            foreach (var tree in untouched.Where(tree => Mentions(tree, names, cancellationToken)))
            {
                var known = CSharpErrors.In(before, tree, cancellationToken).Select(error => error.ToString()).ToHashSet();
                if (CSharpErrors.In(compilation, tree, cancellationToken).FirstOrDefault(error => !known.Contains(error.ToString())) is { } broken)
                    found.Add((new RepoPath(contract.FilePath), new ContractFault(1, 1, $"It breaks '{tree.FilePath}', line {FaultOf(broken).Line}: {FaultOf(broken).Words}")));
            }
        }

        return found;
    }

    private static bool Mentions(SyntaxTree tree, HashSet<string> names, CancellationToken cancellationToken) =>
        tree.GetRoot(cancellationToken).DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText));

    private static IEnumerable<string> DeclaredIn(SyntaxTree tree) => tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.ValueText);

    private static IReadOnlyList<ContractFault> SyntaxFaults(string text, CSharpParseOptions options) =>
        [.. CSharpSyntaxTree.ParseText(text, options).GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error).Select(FaultOf)];

    private static ContractFault FaultOf(Diagnostic error)
    {
        var at = error.Location.GetLineSpan().StartLinePosition;
        return new ContractFault(at.Line + 1, at.Character + 1, $"{error.Id}: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
    }

    private static string NoteOf(IReadOnlyList<Diagnostic> errors, IReadOnlyList<string> missing)
    {
        var reason = missing.Count > 0 ? $"{string.Join(", ", missing.Take(5))}{(missing.Count > 5 ? " and others" : "")} could not be seen" : "its project has names that are not seen without a build";
        var first = errors.First(CSharpErrors.IsAboutAName);
        return $"Names were not checked, as {reason}; the first unknown one is at line {FaultOf(first).Line}: {FaultOf(first).Words}";
    }
}
