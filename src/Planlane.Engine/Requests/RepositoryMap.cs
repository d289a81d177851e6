using Planlane.Values;

namespace Planlane.Requests;

/// <summary>A repository as the planner sees it, and what that view was made from.</summary>
/// <param name="Text">What the planner reads.</param>
/// <param name="Tokens">How many tokens the text has, estimated.</param>
/// <param name="Languages">The languages that are read as code, the one with the most files first.</param>
/// <param name="Commands">The commands that build and test, a line for each.</param>
/// <param name="Instructions">The instruction files that hold for the relevant files, the nearest first.</param>
/// <param name="Graph">The tree as code.</param>
/// <param name="Unread">The source files that are not in the graph.</param>
/// <param name="Ranking">Every file that could be shown, the most relevant to the request first.</param>
/// <param name="Shown">The files whose whole text is shown.</param>
/// <param name="Outlined">The files of which only the public declarations are shown, and what they use.</param>
public sealed record RepositoryMap(
    string Text,
    int Tokens,
    ValueList<LanguageShare> Languages,
    ValueList<string> Commands,
    ValueList<InstructionFile> Instructions,
    CodeGraph Graph,
    UnreadSources Unread,
    ValueList<RankedFile> Ranking,
    ValueList<RepoPath> Shown,
    ValueList<RepoPath> Outlined)
{
    private const int MostMostUsed = 10;

    /// <summary>How many files neither their text nor their declarations are shown of, for want of room or as they have nothing to do with the request.</summary>
    public int LeftOut => Ranking.Count - Shown.Count - Outlined.Count;

    /// <summary>The files that the most other files use, the most used first; at most ten, each with at least two.</summary>
    public ValueList<RepoPath> MostUsed => Graph.Files.Select(file => (file.Path, Count: Graph.DependantsOf(file.Path).Count)).Where(file => file.Count > 1)
        .OrderByDescending(file => file.Count).ThenBy(file => file.Path).Take(MostMostUsed).Select(file => file.Path).ToValueList();

    /// <summary>The tokens of each section of the text, in its order.</summary>
    public ValueList<SectionTokens> Sections { get; init; } = [];
}

/// <summary>A language of a repository.</summary>
/// <param name="Language">Its name, such as <c>C#</c>.</param>
/// <param name="Files">How many files are read as it.</param>
/// <param name="Bytes">How many bytes they have.</param>
public sealed record LanguageShare(string Language, int Files, long Bytes);

/// <summary>What a section of a text takes.</summary>
/// <param name="Section">What is in it.</param>
/// <param name="Tokens">How many tokens it has, estimated.</param>
public sealed record SectionTokens(string Section, int Tokens);
