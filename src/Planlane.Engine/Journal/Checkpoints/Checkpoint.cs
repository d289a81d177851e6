using System.Security.Cryptography;
using System.Text.Json;
using Planlane.Runs;

namespace Planlane.Journal.Checkpoints;

/// <summary>The state after the first events of a journal, in a file beside it: what to begin with instead of reading them.</summary>
/// <remarks>
/// The journal stays the truth. A checkpoint that is not whole, of another build, or not of exactly this journal's beginning is none, and may be removed at any time.
/// The file is a line of JSON (<see cref="CheckpointHead"/>), the image of the state, and the SHA-256 of both.
/// </remarks>
internal static class Checkpoint
{
    /// <summary>Where the checkpoint of a journal lies.</summary>
    public static string PathOf(string journal) => journal + ".checkpoint";

    /// <summary>Replaces the checkpoint of a journal; who reads it meanwhile finds the old one or the new one.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="length">How many of its bytes the state is made of.</param>
    /// <param name="prefix">Their hash.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Write(string journal, long length, byte[] prefix, RunState state)
    {
        var path = PathOf(journal);
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
        {
            using var sha = SHA256.Create();
            using var hashing = new CryptoStream(file, sha, CryptoStreamMode.Write, leaveOpen: true);
            hashing.Write(JsonSerializer.SerializeToUtf8Bytes(new CheckpointHead(StateImage.Build, state.Sequence, length, Convert.ToHexStringLower(prefix)), EventJson.Options));
            hashing.WriteByte((byte)'\n');
            StateImage.Write(state, hashing);
            hashing.FlushFinalBlock();
            file.Write(sha.Hash);
        }

        // Not flushed: what a crash of the machine leaves of it does not have its hash.
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>The checkpoint of a journal, when there is one that this build can use: its head, and its state as soon as that is asked for; null when there is none.</summary>
    public static (CheckpointHead Head, Func<RunState?> State)? TryRead(string journal)
    {
        try
        {
            using var file = new FileStream(PathOf(journal), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var end = Array.IndexOf(bytes, (byte)'\n');
            return end > 0 && JsonSerializer.Deserialize<CheckpointHead>(bytes.AsSpan(0, end), EventJson.Options) is { } head && head.Build == StateImage.Build
                ? (head, () => StateOf(bytes, end + 1))
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static RunState? StateOf(byte[] bytes, int start)
    {
        var end = bytes.Length - SHA256.HashSizeInBytes;
        return end > start && SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)) ? StateImage.Read(new ImageReader(bytes, start, end)) : null;
    }
}

/// <summary>What a checkpoint is of.</summary>
/// <param name="Build">Who can read it.</param>
/// <param name="Sequence">The last event that is in it.</param>
/// <param name="Length">How many bytes of the journal that is.</param>
/// <param name="Prefix">The SHA-256 of these bytes, as hexadecimal digits.</param>
internal sealed record CheckpointHead(string Build, long Sequence, long Length, string Prefix);
