using System.Globalization;
using System.Text;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Reads, writes and compares objects of a repository, without a git process for each.</summary>
/// <remarks>Thread-safe: readers take turns. A reader that is cancelled in the middle of an answer costs a new process for the next one.</remarks>
/// <param name="repository">The repository.</param>
public sealed class GitObjects(GitRepository repository) : IAsyncDisposable
{
    private readonly GitDialogue _reader = new(repository, new GitCall("cat-file", "--batch"));
    private readonly ObjectAnchors _anchors = new(repository);
    private readonly LooseObjects _loose = new(repository);
    private readonly TreeComparer _comparer = new(repository);

    /// <summary>The bytes of a blob, without any filter or line-end conversion.</summary>
    /// <exception cref="GitException">There is no such object, or it is no blob.</exception>
    public Task<byte[]> ReadBlobAsync(ObjectId blob, CancellationToken cancellationToken) => ReadAsync(blob, "blob", cancellationToken);

    /// <summary>Stores bytes as they are in a blob; when this returns it survives a crash of the machine, though not a collection of git.</summary>
    public async Task<ObjectId> WriteBlobAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => repository.IsPlain
        ? await _loose.WriteDurablyAsync("blob", bytes, cancellationToken).ConfigureAwait(false)
        : new(await repository.Cli.TextAsync(new GitCall("hash-object", "-w", "--stdin", "--no-filters") { Input = bytes }, cancellationToken).ConfigureAwait(false));

    /// <summary>Where two trees differ and by how many lines, by path.</summary>
    /// <exception cref="GitException">One of them is not in the repository.</exception>
    public Task<ValueList<TreeDifference>> CompareAsync(ObjectId before, ObjectId after, CancellationToken cancellationToken) => _comparer.CompareAsync(before, after, cancellationToken);

    /// <summary>Stores a folder; it is as durable as <see cref="WriteBlobAsync"/> makes a blob, but where git writes it itself (<c>mktree</c> flushes nothing).</summary>
    internal async Task<ObjectId> WriteTreeAsync(Dictionary<string, (string Mode, ObjectId Id)> entries, CancellationToken cancellationToken) => repository.IsPlain
        ? await _loose.WriteDurablyAsync("tree", TreeObject.Write(entries), cancellationToken).ConfigureAwait(false)
        : new(await repository.Cli.TextAsync(new GitCall("mktree", "-z") { Input = TreeObject.Listing(entries) }, cancellationToken).ConfigureAwait(false));

    /// <summary>Names objects by private refs, so that no collection of git removes them as long as these refs name them.</summary>
    /// <exception cref="GitException">One is not there any more: it was collected before.</exception>
    public Task KeepAsync(IReadOnlyCollection<(string Ref, ObjectId Target)> anchors, CancellationToken cancellationToken) => _anchors.SetAsync(anchors, cancellationToken);

    internal async Task<byte[]> ReadAsync(ObjectId id, string type, CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.AskAsync(process => AnswerAsync(process, id, cancellationToken), cancellationToken).ConfigureAwait(false) is not var (found, bytes)
                ? throw new GitException(FaultKind.Failed, $"The object {id} is not in the repository.")
                : found == type ? bytes : throw new GitException(FaultKind.Failed, $"The object {id} is a {found}, not a {type}.");
        }
        catch (IOException cause)
        {
            throw new GitException(FaultKind.Failed, $"Git ended while it was asked for {id}: {cause.Message}", null, cause);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _anchors.DisposeAsync().ConfigureAwait(false);
        await _comparer.DisposeAsync().ConfigureAwait(false);
        await _reader.DisposeAsync().ConfigureAwait(false);
    }

    // Null when there is no such object.
    private static async Task<(string Type, byte[] Bytes)?> AnswerAsync(GitProcess process, ObjectId id, CancellationToken cancellationToken)
    {
        await process.WriteLineAsync(id.Value, cancellationToken).ConfigureAwait(false);
        var header = Encoding.ASCII.GetString(await process.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? []).Split(' ');
        if (header is [_, "missing"])
            return null;
        if (header.Length != 3)
            throw new GitException(FaultKind.Failed, $"The object {id} is not in the repository.");
        var bytes = await process.ReadBytesAsync(int.Parse(header[2], CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
        await process.ReadBytesAsync(1, cancellationToken).ConfigureAwait(false);
        return (header[1], bytes);
    }
}
