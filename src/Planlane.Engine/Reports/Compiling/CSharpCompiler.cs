using System.Collections.Concurrent;
using Planlane.Git;
using Planlane.Planning.Contracts;
using Planlane.Values;

namespace Planlane.Reports.Compiling;

/// <summary>Parses and compiles, in process, the C# that an agent has changed. Thread-safe; compilations take turns.</summary>
/// <remarks>
/// <para>A wrong alarm costs an agent a turn and sends it astray, so an error is told only when it is sure. Syntax errors are, in a file that its project compiles. Errors of meaning are told
/// only when the same project compiled here without one before the agent's changes, with every package that it references.</para>
/// <para>What generators write is not known here. Errors that a generator would mend (a partial member without a body, and names as soon as the agent has changed a partial type or a file that
/// code is made from) are left to the build.</para>
/// <para>Agents build against a plan: what a task at work beside this one is told to write is not there yet. A missing name that the plan has for such a task is left to the checks of the combined work.</para>
/// </remarks>
/// <param name="repository">The repository.</param>
/// <param name="objects">Its object database.</param>
/// <param name="time">Measures.</param>
public sealed class CSharpCompiler(GitRepository repository, GitObjects objects, TimeProvider time) : IDisposable
{
    /// <summary>What stands for a shell command where results are shown.</summary>
    public const string Words = "parse and compile the changed C#, in process";

    // A compilation of more than this would cost more than the build that follows it.
    private const int MostFiles = 4_000;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<(ObjectId Tree, RepoPath Project), bool> _clean = [];

    /// <summary>Compiles the files that an agent has changed.</summary>
    /// <param name="before">The tree without its changes.</param>
    /// <param name="after">The tree with them.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="awaited">The names that other tasks may still bring.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<CheckResult> RunAsync(ObjectId before, ObjectId after, ChangeSet changes, IReadOnlySet<string> awaited, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var begun = time.GetTimestamp();
            var (errors, notes) = await CompileAsync(before, after, changes, awaited, cancellationToken).ConfigureAwait(false);
            var seconds = time.GetElapsedTime(begun).TotalSeconds;
            var output = string.Join('\n', notes.Concat(errors.Select(error => error.Text)));
            return new CheckResult(CheckResult.Compile, Words, errors.Count > 0 ? 1 : 0, null, seconds, output, errors.ToValueList());
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private async Task<(List<Diagnostic> Errors, List<string> Notes)> CompileAsync(ObjectId before, ObjectId after, ChangeSet changes, IReadOnlySet<string> awaited, CancellationToken cancellationToken)
    {
        var now = await OpenAsync(after, cancellationToken).ConfigureAwait(false);
        var changed = changes.Files.Where(file => file.Blob is not null && now.Compiles(file.Path)).Select(file => file.Path).ToList();
        var errors = new List<Diagnostic>();
        foreach (var path in changed)
            errors.AddRange(CompilerErrors.Syntax(await now.ParseAsync(path, cancellationToken).ConfigureAwait(false)));
        List<string> notes = [$"{changed.Count} of {changes.Files.Count} changed files parsed."];
        if (errors.Count > 0)
            return (errors, notes);

        var born = await OpenAsync(before, cancellationToken).ConfigureAwait(false);
        foreach (var project in now.ProjectsOf(changed))
        {
            var (found, note) = await TypesAsync(before, born, now, project, changes, awaited, cancellationToken).ConfigureAwait(false);
            errors.AddRange(found);
            notes.Add(note);
        }

        return (errors, notes);
    }

    private async Task<(IEnumerable<Diagnostic> Errors, string Note)> TypesAsync(
        ObjectId tree, CompiledTree born, CompiledTree now, RepoPath project, ChangeSet changes, IReadOnlySet<string> awaited, CancellationToken cancellationToken)
    {
        if (now.CountOf(project) > MostFiles)
            return ([], $"{project}: types were not checked, as it has more than {MostFiles} files.");
        if (!born.Has(project))
            return ([], $"{project}: types were not checked, as the project is new.");
        var compilation = await now.CompileAsync(project, cancellationToken).ConfigureAwait(false);
        if (now.MissingIn(project) is { Count: > 0 } missing)
            return ([], $"{project}: types were not checked, as {string.Join(", ", missing.Take(3))} could not be seen.");

        // Only what the changes can have broken is bound; the whole project, as it was before, only when something seems broken.
        var names = await born.NamesAsync(changes, cancellationToken).ConfigureAwait(false);
        var errors = CompilerErrors.Of(compilation, changes, names, awaited, cancellationToken);
        if (errors.Count > 0 && CompilerErrors.MayBeGenerated(compilation, changes, cancellationToken))
            errors = [.. errors.Where(error => !CompilerErrors.IsOfGenerators(error))];
        if (errors.Count == 0)
            return ([], $"{project}: compiled.");
        if (!_clean.TryGetValue((tree, project), out var isClean))
            _clean[(tree, project)] = isClean = CompilerErrors.IsClean(await born.CompileAsync(project, cancellationToken).ConfigureAwait(false), cancellationToken);
        return isClean ? (errors.Select(CompilerErrors.Told), $"{project}: compiled.") : ([], $"{project}: types were not checked, as it did not compile here before the changes either.");
    }

    private async Task<CompiledTree> OpenAsync(ObjectId tree, CancellationToken cancellationToken)
    {
        var files = await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false);
        var settings = await CSharpSettings.ReadAsync(objects, files, cancellationToken).ConfigureAwait(false);
        return new CompiledTree(objects, files, settings, new CSharpAssemblies(repository.Root));
    }
}
