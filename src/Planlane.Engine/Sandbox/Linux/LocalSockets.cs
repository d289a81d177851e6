namespace Planlane.Sandbox.Linux;

/// <summary>The sockets of this machine's programs that have a place among the files. A network namespace does not part them, and a read-only mount does not keep anybody from connecting.</summary>
internal static class LocalSockets
{
    private const string List = "/proc/net/unix";

    // Number, users, protocol, flags, type, state, inode; then the path, as the program gave it.
    private const int Columns = 8;

    /// <summary>The absolute paths of those that are there now; one that is made later is not among them.</summary>
    public static IReadOnlyList<string> Bound() => [.. Lines().Select(PathOf).Where(path => path.StartsWith('/')).Distinct()];

    private static string PathOf(string line) => line.Split(' ', Columns, StringSplitOptions.RemoveEmptyEntries) is { Length: Columns } parts ? parts[^1] : "";

    private static string[] Lines()
    {
        try
        {
            return File.ReadAllLines(List);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
