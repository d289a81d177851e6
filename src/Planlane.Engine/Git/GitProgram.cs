using System.Text.RegularExpressions;
using Planlane.Runs;

namespace Planlane.Git;

/// <summary>Where the git program is, and whether it is new enough.</summary>
internal static partial class GitProgram
{
    private static readonly Version Oldest = new(2, 36);

    // Looked up by ourselves: Process would first look into the current folder, which may be a repository with a program named git in it.
    public static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "git.exe" : "git";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
            ?? throw new GitException(FaultKind.Usage, "The git program was not found on the PATH.", $"Install git {Oldest} or newer.");
    }

    public static void EnsureNewEnough(string versionText)
    {
        var match = VersionNumber().Match(versionText);
        if (!match.Success || Version.Parse(match.Value) < Oldest)
            throw new GitException(FaultKind.Usage, $"Git is too old: {versionText}.", $"Install git {Oldest} or newer.");
    }

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex VersionNumber();
}
