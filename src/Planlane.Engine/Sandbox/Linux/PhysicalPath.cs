namespace Planlane.Sandbox.Linux;

/// <summary>Resolves symlinks in every part of a path, as mounts and Landlock rules are about real places.</summary>
internal static class PhysicalPath
{
    private const int MostLinks = 40;

    /// <summary>The path without symlinks; parts that do not exist stay as they are written. A loop ends where it began.</summary>
    public static string Of(string path) => Of(Path.GetFullPath(path), MostLinks);

    private static string Of(string path, int left)
    {
        var resolved = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            resolved = left > 0 && Link(next) is { } target ? Of(Path.GetFullPath(target, resolved), --left) : next;
        }

        return resolved;
    }

    private static string? Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
