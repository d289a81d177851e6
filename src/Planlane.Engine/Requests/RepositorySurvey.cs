using System.Text;
using Planlane.Budgets;
using Planlane.Git;
using Planlane.Planning;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Reads a tree into a map that fits a prompt.</summary>
/// <param name="repository">The repository.</param>
/// <param name="objects">Its object database.</param>
/// <param name="code">Reads its code.</param>
public sealed class RepositorySurvey(GitRepository repository, GitObjects objects, CodeGraphBuilder code)
{
    /// <summary>How many tokens of a repository a planner is shown: enough for some forty files and their neighbours, and a cent or two per dollar of a run.</summary>
    public const int PlannerTokens = 30_000;

    private const int AgentListTokens = 8_000;
    private const int AgentInstructionTokens = 7_000;
    private const int ShownCommits = 8;
    private const long MostManifestBytes = 256 << 10;
    private const int MostGuided = 40;
    private const double InstructionShare = 0.2;
    private const double HubShare = 0.06;
    private const double ListShare = 0.2;
    private const double LeftOutShare = 0.02;
    private const int LeastLeftOut = 70;

    /// <summary>The names of the instruction files that are read as guidance.</summary>
    public static ValueList<string> InstructionFiles => Instructions.Names;

    /// <summary>The map of a tree. The same tree, history and request give the same map.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="head">The commit whose history shows how messages are written.</param>
    /// <param name="request">What makes a file relevant: the words of the request.</param>
    /// <param name="checks">The commands that the user set; those that the files suggest when there are none.</param>
    /// <param name="tokens">How many tokens the map has at most, estimated; a few hundred at least.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<RepositoryMap> MapAsync(ObjectId tree, ObjectId head, RunRequest request, ValueList<PlannedCheck> checks, int tokens, CancellationToken cancellationToken) =>
        MapAsync(tree, head, request, checks, tokens, [], cancellationToken);

    /// <summary>The same for a request that follows a run.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="head">The commit whose history shows how messages are written.</param>
    /// <param name="request">What makes a file relevant: the words of the request.</param>
    /// <param name="checks">The commands that the user set; those that the files suggest when there are none.</param>
    /// <param name="tokens">How many tokens the map has at most, estimated; a few hundred at least.</param>
    /// <param name="written">The files that the run before wrote: relevant whatever the words are.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<RepositoryMap> MapAsync(ObjectId tree, ObjectId head, RunRequest request, ValueList<PlannedCheck> checks, int tokens, ValueList<RepoPath> written, CancellationToken cancellationToken)
    {
        var subjects = repository.SubjectsAsync(head, ShownCommits, cancellationToken);
        var files = await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false);
        var reading = await code.BuildAsync(tree, files, cancellationToken).ConfigureAwait(false);
        var ranking = RankingOf(files, request, reading.Graph, written);
        var guided = ranking.Where(file => file.Words > 0).Take(MostGuided).Select(file => file.Path);
        var (instructions, shownInstructions) = await InstructionsAsync(files, guided, (int)(tokens * InstructionShare), cancellationToken).ConfigureAwait(false);
        var commands = checks.Count > 0
            ? checks.Select(check => $"{check.Name}: {check.Command}").ToValueList()
            : (await CommandsAsync(files, cancellationToken).ConfigureAwait(false)).Select(Words).ToValueList();
        var languages = LanguagesOf(reading.Graph, files);

        List<(string Name, string Text)> sections =
        [
            ("languages", MapSections.Languages(languages, reading.Unread)),
            ("commands", MapSections.Commands(commands, checks.Count > 0)),
            ("commits", MapSections.Commits(await subjects.ConfigureAwait(false))),
            ("instructions", instructions),
            ("hubs", MapSections.Hubs(reading.Graph, (int)(tokens * HubShare))),
            ("list", FileList.Of(files.Keys, (int)(tokens * ListShare), ranking.Where(file => file.Words > 0).Select(file => file.Path))),
        ];
        var leftOut = Math.Max(LeastLeftOut, (int)(tokens * LeftOutShare));
        var packer = new MapPacker(ranking, reading.Graph, path => files[path].Size ?? 0, (path, stop) => TextOfAsync(files[path].Id, stop));
        await packer.PackAsync(tokens - sections.Sum(section => TokenCount.Of(section.Text)) - leftOut, cancellationToken).ConfigureAwait(false);
        sections.AddRange([("files", packer.Whole), ("declarations", packer.Outlines)]);

        var map = new RepositoryMap(
            "", 0, languages, commands, shownInstructions, reading.Graph, reading.Unread, ranking.ToValueList(), packer.Shown.ToValueList(), packer.Outlined.ToValueList());
        sections.Add(("left out", MapSections.LeftOut(map, leftOut)));
        var text = string.Concat(sections.Select(section => section.Text));
        return map with
        {
            Text = text,
            Tokens = TokenCount.Of(text),
            Sections = sections.Where(section => section.Text.Length > 0).Select(section => new SectionTokens(section.Name, TokenCount.Of(section.Text))).ToValueList(),
        };
    }

    /// <summary>A tree at a glance, in some hundred tokens: its size and shape, and the files that the request points to. The same tree and request give the same.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="request">Its words are looked for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<string> GlanceAsync(ObjectId tree, RunRequest request, CancellationToken cancellationToken)
    {
        var files = await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false);
        var reading = await code.BuildAsync(tree, files, cancellationToken).ConfigureAwait(false);
        return RepositoryGlance.Of(files, reading.Graph, RankingOf(files, request, reading.Graph, []));
    }

    /// <summary>The build and test commands that the files of a tree suggest, the most telling first.</summary>
    public async Task<ValueList<ProjectCommand>> CommandsAsync(ObjectId tree, CancellationToken cancellationToken) =>
        await CommandsAsync(await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>The instruction files in the root, as a section of a prompt; empty when there are none.</summary>
    public async Task<string> InstructionsAsync(IReadOnlyDictionary<RepoPath, TreeEntry> files, CancellationToken cancellationToken) =>
        (await InstructionsAsync(files, [], AgentInstructionTokens, cancellationToken).ConfigureAwait(false)).Text;

    /// <summary>The list of files as a section of an agent's prompt; a long one is shortened to folders with counts.</summary>
    public static string ListOf(IEnumerable<RepoPath> files) => FileList.Of(files, AgentListTokens);

    private async Task<(string Text, ValueList<InstructionFile> Files)> InstructionsAsync(
        IReadOnlyDictionary<RepoPath, TreeEntry> files, IEnumerable<RepoPath> paths, int tokens, CancellationToken cancellationToken)
    {
        var texts = new List<(RepoPath, string)>();
        // A link to another instruction file says nothing of its own.
        foreach (var path in Instructions.Above(files, paths).Where(path => files[path].Mode is FileModes.File or FileModes.Executable))
            if (await TextOfAsync(files[path].Id, cancellationToken).ConfigureAwait(false) is { Length: > 0 } text)
                texts.Add((path, text));
        return Instructions.Write(texts, tokens);
    }

    private static IReadOnlyList<RankedFile> RankingOf(IReadOnlyDictionary<RepoPath, TreeEntry> files, RunRequest request, CodeGraph graph, ValueList<RepoPath> written) => Relevance.Rank(
        files.Where(file => file.Value is { Mode: FileModes.File or FileModes.Executable, Size: > 0 }).Select(file => file.Key).Where(path => !InstructionFiles.Contains(path.Name)), request, graph, written);

    private static ValueList<LanguageShare> LanguagesOf(CodeGraph graph, IReadOnlyDictionary<RepoPath, TreeEntry> files) => graph.Files
        .Where(file => file.Language is not null).GroupBy(file => file.Language!)
        .Select(group => new LanguageShare(group.Key, group.Count(), group.Sum(file => files[file.Path].Size ?? 0)))
        .OrderByDescending(share => share.Files).ThenBy(share => share.Language, StringComparer.Ordinal).ToValueList();

    private async Task<ValueList<ProjectCommand>> CommandsAsync(IReadOnlyDictionary<RepoPath, TreeEntry> files, CancellationToken cancellationToken) =>
        ProjectCommands.Of(files.Keys, await ManifestsAsync(files, cancellationToken).ConfigureAwait(false));

    private async Task<Dictionary<RepoPath, string>> ManifestsAsync(IReadOnlyDictionary<RepoPath, TreeEntry> files, CancellationToken cancellationToken)
    {
        var wanted = files.Where(file => file.Value is { Mode: FileModes.File or FileModes.Executable, Size: <= MostManifestBytes } && ProjectCommands.NeedsText(file.Key))
            .ToLookup(file => file.Value.Id, file => file.Key);
        var manifests = new Dictionary<RepoPath, string>();
        await foreach (var (id, bytes) in repository.ReadBlobsAsync([.. wanted.Select(group => group.Key)], cancellationToken).ConfigureAwait(false))
            foreach (var path in wanted[id])
                manifests[path] = Encoding.UTF8.GetString(bytes);
        return manifests;
    }

    private static string Words(ProjectCommand command) => $"{command.Source}: {string.Join("; ", new[] { command.Build, command.Test }.OfType<string>())}";

    // Null for a file that is not text.
    private async Task<string?> TextOfAsync(ObjectId blob, CancellationToken cancellationToken)
    {
        var bytes = await objects.ReadBlobAsync(blob, cancellationToken).ConfigureAwait(false);
        return bytes.AsSpan().Contains((byte)0) ? null : Encoding.UTF8.GetString(bytes);
    }
}
