using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Reads many blobs in one pass of one git process, without a question and an answer for each.</summary>
public static class BlobStream
{
    /// <summary>The bytes of blobs, in the order in which they are named, without any filter or line-end conversion.</summary>
    /// <remarks>Only what was not yet taken is held in memory. The process is killed when the reader stops before the end.</remarks>
    /// <exception cref="GitException">One is not in the repository, or git ended.</exception>
    public static async IAsyncEnumerable<(ObjectId Id, byte[] Bytes)> ReadBlobsAsync(
        this GitRepository repository, IReadOnlyCollection<ObjectId> blobs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (blobs.Count == 0)
            yield break;

        await using var process = repository.Cli.Start(new GitCall("cat-file", "--batch", "--buffer"));
        var asked = AskAsync(process, blobs, cancellationToken);
        var ended = false;
        try
        {
            foreach (var id in blobs)
            {
                yield return (id, await NextAsync(process, id, cancellationToken).ConfigureAwait(false));
            }

            ended = true;
        }
        finally
        {
            if (!ended)
                process.Kill();
            await SettleAsync(asked).ConfigureAwait(false);
        }
    }

    // Beside the reading: git would wait for a reader while we wait for it to take the next names.
    private static async Task AskAsync(GitProcess process, IReadOnlyCollection<ObjectId> blobs, CancellationToken cancellationToken)
    {
        await process.WriteAsync(GitCall.Lines(blobs.Select(id => id.Value)), cancellationToken).ConfigureAwait(false);
        process.CloseInput();
    }

    private static async Task<byte[]> NextAsync(GitProcess process, ObjectId id, CancellationToken cancellationToken)
    {
        try
        {
            var header = Encoding.ASCII.GetString(await process.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? []).Split(' ');
            if (header.Length != 3)
                throw new GitException(FaultKind.Failed, $"The object {id} is not in the repository.");
            var bytes = await process.ReadBytesAsync(int.Parse(header[2], CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
            await process.ReadBytesAsync(1, cancellationToken).ConfigureAwait(false);
            return bytes;
        }
        catch (EndOfStreamException cause)
        {
            throw new GitException(FaultKind.Failed, $"Git ended while it was asked for {id}: {cause.Message}", null, cause);
        }
    }

    // What went wrong with the asking shows in the reading.
    private static async Task SettleAsync(Task asked)
    {
        try
        {
            await asked.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return;
        }
    }
}
