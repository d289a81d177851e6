using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>Folders in which commands run on what one agent sees, or on the work of all together. Thread-safe; commands of one workspace take turns.</summary>
public interface IWorkspaces
{
    /// <summary>Makes what all workspaces of a run stand on, setup commands included, unless it is there.</summary>
    /// <returns>What they do not see as it is in the user's folder.</returns>
    /// <exception cref="PlanlaneException">It cannot be made, or a setup command failed.</exception>
    Task<ValueList<BaseRemark>> PrepareAsync(RunState run, CancellationToken cancellationToken);

    /// <summary>Runs a command on a tree and reads back what it wrote.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Kills the command's process tree; nothing that it wrote is kept then.</param>
    /// <exception cref="PlanlaneException">The workspace cannot be made.</exception>
    Task<WorkspaceOutcome> RunAsync(WorkspaceCommand command, CancellationToken cancellationToken);
}

/// <summary>A command and the files that it runs on.</summary>
/// <param name="Run">The run.</param>
/// <param name="Workspace">The workspace's name: an agent's id, or <see cref="Combined"/>. Build outputs stay in it from command to command.</param>
/// <param name="Tree">The files, as the command is to find them.</param>
/// <param name="Text">The shell command.</param>
/// <param name="Limit">After this time it is killed.</param>
public sealed record WorkspaceCommand(RunState Run, string Workspace, ObjectId Tree, string Text, TimeSpan Limit)
{
    /// <summary>The workspace of the work of all agents together.</summary>
    public const string Combined = "combined";

    /// <summary>The paths at which writes are kept; null for a check, which keeps none but build outputs.</summary>
    public Ownership? Lane { get; init; }

    /// <summary>Whether it checks the tree: of what git ignores it sees the base's and what other checks of the same tree made, and nothing that an agent's command left.</summary>
    public bool IsCheck => Lane is null;

    /// <summary>Variables for this command beside those of the run's policy; they win.</summary>
    public ValueList<Variable> Variables { get; init; } = [];

    /// <summary>Files that it finds in <c>$TMPDIR/exchange</c>.</summary>
    public IReadOnlyList<GivenFile> Given { get; init; } = [];

    /// <summary>The names of files there that are read when it has ended.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];
}

/// <summary>A file that a command is given beside its tree.</summary>
/// <param name="Name">Its name, or its path with <c>/</c>, below the folder of such files.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="IsExecutable">Whether it can be run.</param>
public sealed record GivenFile(string Name, byte[] Bytes, bool IsExecutable = false);

/// <summary>What came of a command in a workspace.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">Its exit code; -1 when it did not end by itself.</param>
/// <param name="Seconds">How long it ran, in seconds.</param>
/// <param name="Output">Both streams; of a very long output the end.</param>
/// <param name="Root">The root of the workspace as the command saw it; paths in the output begin with it.</param>
public sealed record WorkspaceOutcome(CommandEnd End, int ExitCode, double Seconds, string Output, string Root)
{
    /// <summary>What it wrote in the lane, against the tree; the blobs are in the object database.</summary>
    public ChangeSet Written { get; init; } = ChangeSet.Empty;

    /// <summary>What it wrote outside the lane and outside build outputs; undone.</summary>
    public ValueList<RepoPath> Undone { get; init; } = [];

    /// <summary>Folders of the lane whose files were taken for build outputs by the folders' names alone, as git does not ignore them; they stay, and are no part of <see cref="Written"/>.</summary>
    public ValueList<RepoPath> Left { get; init; } = [];

    /// <summary>The test results that it wrote as files (TRX, JUnit XML, TAP).</summary>
    public ValueList<ResultFile> Results { get; init; } = [];

    /// <summary>What it left of the files that were asked for (<see cref="WorkspaceCommand.Asked"/>), by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Taken { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Whether a sandbox held it.</summary>
    public bool IsSandboxed { get; init; }

    /// <summary>The name of that sandbox; null when there was none.</summary>
    public string? HeldBy { get; init; }
}

/// <summary>A file with test results.</summary>
/// <param name="Path">Where it lay in the workspace.</param>
/// <param name="Text">Its text.</param>
public sealed record ResultFile(RepoPath Path, string Text);
