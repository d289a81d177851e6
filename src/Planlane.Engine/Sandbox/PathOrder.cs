namespace Planlane.Sandbox;

/// <summary>Compares absolute paths by their parts.</summary>
internal static class PathOrder
{
    /// <summary>Whether a path is a folder or lies in it.</summary>
    public static bool IsAtOrBelow(string path, string folder) => path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
