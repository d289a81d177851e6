using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Hosting;

/// <summary>Where the state of runs lies: under the git common directory, so that it never shows in <c>git status</c>.</summary>
/// <param name="commonDir">The git common directory.</param>
public sealed class RunFolders(string commonDir)
{
    private string Root { get; } = Path.Combine(commonDir, "planlane", "runs");

    /// <summary>Where what was read of the repository's code is kept; may be removed at any time.</summary>
    public string Maps { get; } = Path.Combine(commonDir, "planlane", "maps");

    /// <summary>Where the frozen files lie that workspaces begin with; what no run uses may be removed at any time.</summary>
    public string Bases { get; } = Path.Combine(commonDir, "planlane", "bases");

    /// <summary>What a run says of its frozen files: which they are, and what its setup commands wrote.</summary>
    public string BaseOf(RunId id) => Path.Combine(Bases, "runs", id.Value);

    /// <summary>The journal of a run.</summary>
    public string JournalOf(RunId id) => Path.Combine(Root, id.Value, "journal.jsonl");

    /// <summary>The diagnostics of a run: one JSON object a line.</summary>
    public string LogOf(RunId id) => Path.Combine(Root, id.Value, "log.jsonl");

    /// <summary>What the repository's ended runs taught about estimates.</summary>
    public string Lessons => Path.Combine(Path.GetDirectoryName(Root)!, "estimates.jsonl");

    /// <summary>What a list of runs says of each; may be removed at any time.</summary>
    public string Overviews => Path.Combine(Path.GetDirectoryName(Root)!, "runs.jsonl");

    /// <summary>Where comparisons say which runs belong to them.</summary>
    public string Comparisons { get; } = Path.Combine(commonDir, "planlane", "bench");

    /// <summary>What runs have spent, where the host names no other place.</summary>
    public string Spending { get; } = Path.Combine(commonDir, "planlane", "spending.jsonl");

    /// <summary>Where workspaces lie that hold only what is written in them.</summary>
    public string Workspaces { get; } = Path.Combine(commonDir, "planlane", "workspaces");

    /// <summary>Where workspaces lie that are whole folders, and the temporary files of commands.</summary>
    /// <remarks>Outside the repository's own folder: build tools look for settings in the folders above. Named for the repository, so that two with a run of the same id do not meet.</remarks>
    public string TemporaryWorkspaces { get; } = Path.Combine(Path.GetTempPath(), $"planlane-{Environment.UserName}", StableHash(commonDir).ToString("x8", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Makes the place of <see cref="TemporaryWorkspaces"/> so that no other user of the machine can look into it.</summary>
    /// <exception cref="IOException">Something else lies there: a link, or a file.</exception>
    public void MakeTemporary()
    {
        var place = new DirectoryInfo(Path.GetDirectoryName(TemporaryWorkspaces)!);
        if (OperatingSystem.IsWindows())
            place.Create();
        else
            Directory.CreateDirectory(place.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (place.LinkTarget is not null)
            throw new IOException($"{place.FullName} is a link; files of agents are not written through it. Remove it.");
    }

    /// <summary>The run's part of <see cref="Workspaces"/>.</summary>
    public string WorkspacesOf(RunId id) => Path.Combine(Workspaces, id.Value);

    /// <summary>The run's part of <see cref="TemporaryWorkspaces"/>.</summary>
    public string TemporaryWorkspacesOf(RunId id) => Path.Combine(TemporaryWorkspaces, id.Value);

    /// <summary>Every run that has left workspaces, whether or not it is known.</summary>
    public IReadOnlyList<RunId> RunsWithWorkspaces() => [.. new[] { Workspaces, TemporaryWorkspaces }.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories)
        .Select(Path.GetFileName).OfType<string>().Where(name => !name.StartsWith('.')).Distinct().Select(name => new RunId(name))];

    /// <summary>Every run that has recorded something, in no order. A process that is killed before it records anything leaves an empty journal, which is no run.</summary>
    public IReadOnlyList<RunId> List() => Directory.Exists(Root)
        ? [.. Directory.EnumerateDirectories(Root).Select(folder => new RunId(Path.GetFileName(folder))).Where(id => new FileInfo(JournalOf(id)) is { Exists: true, Length: > 0 })]
        : [];

    /// <summary>Removes the folders in which a run's commands ran, and its claim on frozen files; what is in use is left.</summary>
    public void RemoveWorkspaces(RunId id)
    {
        // What cannot be removed is found again at the next start.
        foreach (var folder in new[] { BaseOf(id), WorkspacesOf(id), TemporaryWorkspacesOf(id) })
            DiskFiles.TryRemove(folder);

        try
        {
            if (Directory.Exists(TemporaryWorkspaces) && !Directory.EnumerateFileSystemEntries(TemporaryWorkspaces).Any())
                Directory.Delete(TemporaryWorkspaces);
        }
        catch (IOException)
        {
            // Another run begins.
        }
    }

    // The runtime's own hash differs from process to process.
    private static uint StableHash(string text) => text.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u);
}
