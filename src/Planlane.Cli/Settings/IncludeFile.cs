using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Settings;

/// <summary>The file <c>.worktreeinclude</c> of a repository: a pattern a line, in the syntax of <c>.gitignore</c>, of ignored files that workspaces are given.</summary>
internal static class IncludeFile
{
    public const string Name = ".worktreeinclude";

    private const long MostBytes = 1 << 20;

    /// <summary>Its patterns, without comments and empty lines; none when it is not there.</summary>
    /// <exception cref="PlanlaneException">It is a symbolic link, too large or cannot be read; kind <see cref="FaultKind.Usage"/>.</exception>
    public static ValueList<string> Read(string root)
    {
        var file = new FileInfo(Path.Combine(root, Name));
        if (file.LinkTarget is not null || (file.Exists && file.Length > MostBytes))
            throw new PlanlaneException(FaultKind.Usage, $"{file.FullName} is {(file.LinkTarget is null ? "too large" : "a symbolic link")}; it is a plain file of a pattern a line.");
        if (!file.Exists)
            return [];
        try
        {
            return File.ReadAllLines(file.FullName).Where(line => line.Trim().Length > 0 && line[0] != '#').ToValueList();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Usage, $"{file.FullName} cannot be read: {exception.Message}", null, exception);
        }
    }
}
