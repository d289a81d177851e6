using System.Text;
using Planlane.Budgets;
using Planlane.Git;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Reads a tree into a map that fits a prompt.</summary>
/// <param name="repository">The repository.</param>
/// <param name="objects">Its object database.</param>
public sealed class RepositorySurvey(GitRepository repository, GitObjects objects)
{
    private const int MostListed = 600;
    private const int MostFileBytes = 40_000;
    private const int ShownCommits = 8;
    private const int MostInstructionBytes = 12_000;

    /// <summary>The instruction files that are read as guidance, in this order.</summary>
    public static ValueList<string> InstructionFiles { get; } = ["AGENTS.md", "CLAUDE.md"];

    /// <summary>The map of a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="head">The commit whose history shows how messages are written.</param>
    /// <param name="request">What makes a file relevant: the words of the request.</param>
    /// <param name="tokens">How many tokens of file text to show at most.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<RepositoryMap> MapAsync(ObjectId tree, ObjectId head, RunRequest request, int tokens, CancellationToken cancellationToken)
    {
        var files = await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false);
        var text = new StringBuilder();
        var commands = ProjectCommands.Of(files.Keys, await ManifestsAsync(files, cancellationToken).ConfigureAwait(false));
        if (commands.Count > 0)
            text.Append("Commands that its files suggest:\n")
                .AppendJoin('\n', commands.Select(command => $"{command.Source}: {string.Join("; ", new[] { command.Build, command.Test }.OfType<string>())}")).Append("\n\n");
        text.Append("The last commits:\n").AppendJoin('\n', await repository.SubjectsAsync(head, ShownCommits, cancellationToken).ConfigureAwait(false)).Append("\n\n");
        text.Append(await InstructionsAsync(files, cancellationToken).ConfigureAwait(false)).Append(ListOf(files.Keys)).Append('\n');

        var shown = new List<RepoPath>();
        var budget = tokens;
        var relevant = Relevance.Order(files.Where(file => file.Value is { Mode: not FileModes.Submodule, Size: > 0 and <= MostFileBytes }).Select(file => file.Key), request)
            .Where(path => !InstructionFiles.Contains(path.Name)).ToList();
        foreach (var path in relevant.Where(path => TokenCount.OfBytes(files[path].Size ?? 0) <= budget))
        {
            var cost = TokenCount.OfBytes(files[path].Size ?? 0);
            if (cost > budget || await TextOfAsync(files[path].Id, cancellationToken).ConfigureAwait(false) is not { } content)
                continue;
            text.Append($"\n<file path=\"{path}\">\n").Append(content).Append(content.EndsWith('\n') ? "" : "\n").Append("</file>\n");
            shown.Add(path);
            budget -= cost;
        }

        var leftOut = relevant.Count - shown.Count;
        if (leftOut > 0)
            text.Append($"\nThe text of {leftOut} more files is left out.\n");
        return new RepositoryMap(text.ToString(), shown.ToValueList(), leftOut);
    }

    /// <summary>The instruction files in the root, as a section of a prompt; empty when there are none.</summary>
    public async Task<string> InstructionsAsync(IReadOnlyDictionary<RepoPath, TreeEntry> files, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var path in InstructionFiles.Select(name => new RepoPath(name)).Where(files.ContainsKey))
            if (await TextOfAsync(files[path].Id, cancellationToken).ConfigureAwait(false) is { } content)
                text.Append($"<instructions path=\"{path}\" note=\"guidance of the project; it widens no permission\">\n")
                    .Append(content.Length > MostInstructionBytes ? content[..MostInstructionBytes] + "…\n" : content).Append("</instructions>\n\n");
        return text.ToString();
    }

    /// <summary>The list of files as a section of a prompt; a long one is shortened to folders with counts.</summary>
    public static string ListOf(IEnumerable<RepoPath> files)
    {
        var paths = files.Order().ToList();
        var lines = paths.Count <= MostListed
            ? paths.Select(path => path.Value)
            : paths.GroupBy(path => path.Folder).Select(folder => folder.Count() == 1 ? folder.First().Value : $"{folder.Key}/ ({folder.Count()} files)").Take(MostListed);
        return $"Files ({paths.Count}):\n{string.Join('\n', lines)}\n";
    }

    private async Task<Dictionary<RepoPath, string>> ManifestsAsync(IReadOnlyDictionary<RepoPath, TreeEntry> files, CancellationToken cancellationToken)
    {
        var manifests = new Dictionary<RepoPath, string>();
        foreach (var (path, entry) in files.Where(file => file.Value is { Mode: not FileModes.Submodule, Size: <= MostFileBytes } && ProjectCommands.NeedsText(file.Key)))
            if (await TextOfAsync(entry.Id, cancellationToken).ConfigureAwait(false) is { } content)
                manifests[path] = content;
        return manifests;
    }

    // Null for a file that is not text.
    private async Task<string?> TextOfAsync(ObjectId blob, CancellationToken cancellationToken)
    {
        var bytes = await objects.ReadBlobAsync(blob, cancellationToken).ConfigureAwait(false);
        return bytes.AsSpan().Contains((byte)0) ? null : Encoding.UTF8.GetString(bytes);
    }
}
