namespace Planlane.Journal;

/// <summary>Room on the disk that a run keeps for the answers that are on their way when the disk becomes full.</summary>
/// <param name="path">The file that takes it.</param>
internal sealed class DiskReserve(string path) : IDisposable
{
    // Some sixteen answers of the most output that a model gives.
    private const int Bytes = 4 << 20;

    /// <summary>Takes the room.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    public void Take()
    {
        if (new FileInfo(path) is { Exists: true, Length: Bytes })
            return;
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = Bytes });
        file.SetLength(Bytes);
    }

    /// <summary>Gives the room back; false when it was given before.</summary>
    public bool Release()
    {
        if (!File.Exists(path))
            return false;
        File.Delete(path);
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Release();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next process uses it.
        }
    }
}
