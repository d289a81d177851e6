using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Tools;

/// <summary>Where the tool calls of one turn happen. Not thread-safe: they run one after another.</summary>
/// <param name="task">Whose calls they are.</param>
/// <param name="workspace">That agent's files.</param>
/// <param name="inbox">The run.</param>
/// <param name="root">The root of the user's work tree.</param>
public sealed class ToolScene(TaskId task, Workspace workspace, RunInbox inbox, string root)
{
    private const int MostShown = 20_000;

    private readonly List<CommandRun> _commands = [];

    /// <summary>Whose calls they are.</summary>
    public TaskId Task { get; } = task;

    /// <summary>That agent's files.</summary>
    public Workspace Workspace { get; } = workspace;

    /// <summary>The run.</summary>
    public RunInbox Inbox { get; } = inbox;

    /// <summary>Finds the files that paths mean.</summary>
    public PathResolver Paths { get; } = new(workspace, root);

    /// <summary>The commands that were run.</summary>
    public ValueList<CommandRun> Commands => _commands.ToValueList();

    /// <summary>Why the agent may not write a path, or null when it may.</summary>
    public string? Refusal(RepoPath path) => OwnershipRules.Refusal(Inbox.State, Task, path) ?? Workspace.ConflictOf(path);

    /// <summary>The file that a path means, and why the agent may not write it, if so.</summary>
    public async Task<ResolvedPath> ToWriteAsync(string text, CancellationToken cancellationToken)
    {
        var found = await Paths.ToWriteAsync(text, cancellationToken).ConfigureAwait(false);
        return found.Problem is null ? found with { Problem = Refusal(found.Path) } : found;
    }

    /// <summary>Why a file is not to be changed blindly, with its text, which counts as seen from then on; null when the agent knows what it holds, or when there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isUnseenFine">Whether a file that was never seen may be changed: its name says enough to delete or move it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ToolAnswer?> StalenessAsync(RepoPath path, bool isUnseenFine, CancellationToken cancellationToken)
    {
        var known = Workspace.SightOf(path);
        if (known is null or Sight.Current || (known is Sight.None && isUnseenFine))
            return null;

        var why = known is Sight.None ? "exists, and you have not read it" : "is no longer what you have seen";
        return ToolAnswer.Refused($"'{path}' {why}, so nothing was changed. {await ShownAsync(path, cancellationToken).ConfigureAwait(false)}\nDo it again on this text, if it still is to be done.");
    }

    /// <summary>The text of a file as the model reads it; counts as seen.</summary>
    public async Task<string> ShownAsync(RepoPath path, CancellationToken cancellationToken)
    {
        Workspace.See(path);
        return await Workspace.ReadAsync(path, cancellationToken).ConfigureAwait(false) is not { } text ? "It is not UTF-8 text."
            : $"It holds:\n{FileText.Block(path, text.Length > MostShown ? $"{text[..MostShown]}\n… ({text.Length - MostShown} more characters: read_files)" : text)}";
    }

    /// <summary>Why a text may not be written to a file: it has the mark of a secret that is hidden from the agent, and would destroy the secret. Null when it may.</summary>
    /// <param name="path">The file.</param>
    /// <param name="written">What the agent wants to write.</param>
    /// <param name="there">What the file holds; null when there is none.</param>
    /// <param name="insteadDo">What it can do, as a sentence.</param>
    public static ToolAnswer? MaskedRefusal(RepoPath path, string written, string? there, string insteadDo) =>
        !written.Contains(SecretMask.Mark, StringComparison.Ordinal) || there?.Contains(SecretMask.Mark, StringComparison.Ordinal) is true ? null : ToolAnswer.Refused(
            $"'{path}' was not changed: \"{SecretMask.Mark}\" is not in any file; it stands where a key, token or password is hidden from you. It cannot be matched or written. {insteadDo}");

    /// <summary>Notes a command that was run.</summary>
    public void Add(CommandRun command) => _commands.Add(command);
}
