namespace Planlane.Requests.Sources;

/// <summary>A name with at most one star, as package and compiler configurations have them.</summary>
internal static class StarPattern
{
    /// <summary>What the star stands for in a name, empty for a pattern without one; null when the name does not match.</summary>
    public static string? Match(string pattern, string name)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
            return pattern == name ? "" : null;
        var after = pattern.Length - star - 1;
        return name.Length >= star + after && name.StartsWith(pattern[..star], StringComparison.Ordinal) && name.EndsWith(pattern[(star + 1)..], StringComparison.Ordinal)
            ? name[star..^after]
            : null;
    }
}
