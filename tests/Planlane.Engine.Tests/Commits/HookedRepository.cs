using Planlane.Testing;

namespace Planlane.Commits;

/// <summary>Scripts in a repository of a test.</summary>
internal static class HookedRepository
{
    /// <summary>Writes a hook of <c>.git/hooks</c>.</summary>
    public static void Hook(this TempRepository repository, string name, string text) => repository.Script($".git/hooks/{name}", text);

    /// <summary>Commits a file, as somebody else would while a run is under way.</summary>
    public static void CommitFile(this TempRepository repository, string path, string text)
    {
        repository.Write(path, text);
        repository.Git("add", path);
        repository.Git("commit", "-q", "--no-verify", "-m", "Meanwhile");
    }

    /// <summary>A fingerprint without the private refs, which keep the work of a run that has not ended.</summary>
    public static IReadOnlyList<string> VisibleState(this TempRepository repository) =>
        [.. repository.Fingerprint().SelectMany(entry => entry.Split('\n')).Where(line => !line.Contains("refs/planlane/", StringComparison.Ordinal))];

    /// <summary>Writes a shell script that can be run.</summary>
    public static void Script(this TempRepository repository, string path, string text)
    {
        repository.Write(path, "#!/bin/sh\n" + text + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(repository.Folder, path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
