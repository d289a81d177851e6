using System.Diagnostics;

namespace Planlane.Testing;

/// <summary>A real git repository in a temporary folder, removed at the end.</summary>
public sealed class TempRepository : IDisposable
{
    // A link that a test plants may lead anywhere, so none is followed.
    private static readonly EnumerationOptions Within = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private TempRepository(string folder) => Folder = folder;

    /// <summary>The root of the work tree.</summary>
    public string Folder { get; }

    /// <summary>Makes a repository with one commit that holds the given files.</summary>
    public static TempRepository With(params ReadOnlySpan<(string Path, string Text)> files)
    {
        var repository = new TempRepository(Directory.CreateTempSubdirectory("planlane-test-").FullName);
        repository.Git("init", "-q", "-b", "main");
        repository.Git("config", "user.name", "Ada Example");
        repository.Git("config", "user.email", "ada@example.org");
        repository.Git("config", "commit.gpgsign", "false");
        foreach (var (path, text) in files)
            repository.Write(path, text);
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "--allow-empty", "-m", "Start");
        return repository;
    }

    /// <summary>A copy with everything in it, the git folder included.</summary>
    public TempRepository Copy()
    {
        var copy = new TempRepository(Directory.CreateTempSubdirectory("planlane-test-").FullName);
        foreach (var folder in Directory.EnumerateDirectories(Folder, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(folder.Replace(Folder, copy.Folder));
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            File.Copy(file, file.Replace(Folder, copy.Folder));
        return copy;
    }

    /// <summary>Writes a file of the work tree.</summary>
    public void Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>Reads a file of the work tree.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Runs git in the repository.</summary>
    /// <returns>What it printed, without the last line break.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public string Git(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}");
    }

    /// <summary>Everything that a rejected run must leave as it was: each file's bytes, the index's bytes, HEAD and all refs.</summary>
    public IReadOnlyList<string> Fingerprint() =>
    [
        .. Directory.EnumerateFiles(Folder, "*", Within).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}.git{Path.DirectorySeparatorChar}")).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(Folder, file)} {Hash(file)}"),
        $"index {Hash(Path.Combine(Folder, ".git", "index"))}",
        $"HEAD {File.ReadAllText(Path.Combine(Folder, ".git", "HEAD"))}",
        Git("for-each-ref"),
        Git("status", "--porcelain", "--ignored"),
    ];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*", Within))
            File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(Folder, recursive: true);
    }

    private static string Hash(string file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
}
