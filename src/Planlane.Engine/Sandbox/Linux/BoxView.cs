namespace Planlane.Sandbox.Linux;

/// <summary>What a box shows, computed before it is made: masking something that is not there would create it.</summary>
/// <param name="homes">Folders that are empty but for what is shown in them.</param>
internal sealed class BoxView(IReadOnlyList<string> homes)
{
    private readonly List<(string Target, IReadOnlyList<string> Sources)> _shown = [];

    /// <summary>Notes that folders or a file are seen at a path; a later one covers an earlier one.</summary>
    /// <param name="target">Where they are seen.</param>
    /// <param name="sources">Where they are; several are layers, the topmost first.</param>
    public void Show(string target, params IReadOnlyList<string> sources) => _shown.Add((target, sources));

    /// <summary>The place on the host that is seen at a path; null when nothing is.</summary>
    public string? PlaceOf(string path)
    {
        var place = _shown.FindLast(shown => PathOrder.IsAtOrBelow(path, shown.Target));
        if (place.Sources is null)
            return homes.Any(home => PathOrder.IsAtOrBelow(path, home)) || !Path.Exists(path) ? null : path;
        var below = path[place.Target.TrimEnd('/').Length..].TrimStart('/');
        var first = place.Sources.Select(source => below.Length == 0 ? source : Path.Combine(source, below)).FirstOrDefault(Path.Exists);
        return first is null || IsWhiteout(first) ? null : first;
    }

    // overlayfs marks a deleted file by a device without any permission.
    private static bool IsWhiteout(string path) => new FileInfo(path) is { Exists: true, Length: 0 } file && !OperatingSystem.IsWindows() && file.UnixFileMode is UnixFileMode.None;
}
