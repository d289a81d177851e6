using Planlane.Values;

namespace Planlane.Workspaces.Collecting;

/// <summary>Where the target of a symbolic link leads, by its text alone.</summary>
internal static class LinkTarget
{
    /// <summary>Why a link may not be part of the work; null when it may.</summary>
    /// <remarks>A <c>..</c> is allowed only at the beginning: behind a folder it would lead elsewhere if that folder were a link itself.</remarks>
    public static string? ProblemOf(RepoPath link, string target)
    {
        if (target.Length == 0 || target.StartsWith('/') || target.Contains('\\') || (target.Length > 1 && target[1] == ':'))
            return "leads to an absolute path";
        var parts = target.Split('/').Where(part => part is not ("" or ".")).ToList();
        var up = parts.TakeWhile(part => part == "..").Count();
        var depth = link.Value.Count(letter => letter == '/');
        if (up > depth || parts.Skip(up).Contains(".."))
            return "leads out of the repository";
        var kept = link.Value.Split('/')[..(depth - up)].Concat(parts.Skip(up)).ToList();
        return kept.Count > 0 && new RepoPath(string.Join('/', kept)).Problem is { } problem ? problem : null;
    }
}
