using System.Text.RegularExpressions;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>Subjects as Conventional Commits 1.0.0 words them: a type, a scope where one is plain, and a description in lower case.</summary>
public static partial class ConventionalSubject
{
    // Fewer commits say nothing of a habit.
    private const int LeastCommits = 4;

    // What commitlint's usual configuration allows.
    private const int Longest = 100;

    private static readonly (string Type, string[] Verbs)[] Verbs =
    [
        ("fix", ["fix", "correct", "repair", "mend", "resolve", "prevent"]),
        ("refactor", ["refactor", "rename", "move", "extract", "simplify", "restructure", "split", "inline", "clean"]),
        ("docs", ["document", "describe", "explain"]),
        ("test", ["test", "cover"]),
        ("perf", ["optimise", "optimize", "speed", "accelerate", "cache"]),
        ("build", ["bump", "upgrade", "pin"]),
        ("style", ["format", "reformat"]),
    ];

    // Folders that say where code lies and not what it is about.
    private static readonly HashSet<string> Plain = new(StringComparer.OrdinalIgnoreCase)
        { "src", "source", "lib", "libs", "app", "apps", "packages", "pkg", "internal", "cmd", "main", "java", "python", "test", "tests", "spec", "specs", "__tests__", "docs", "doc", "include", "core", "server", "client" };

    /// <summary>How the commits of a repository are worded, from the subjects of its last ones; merges and reverts, which git words itself, do not count.</summary>
    public static CommitStyle StyleOf(IEnumerable<string> subjects)
    {
        var own = subjects.Where(subject => !subject.StartsWith("Merge ", StringComparison.Ordinal) && !subject.StartsWith("Revert \"", StringComparison.Ordinal)).ToList();
        return own.Count >= LeastCommits && own.Count(IsConventional) * 2 >= own.Count ? CommitStyle.Conventional : CommitStyle.Named;
    }

    /// <summary>Whether a subject is worded so.</summary>
    public static bool IsConventional(string subject) => Form().IsMatch(subject);

    /// <summary>The subject of a commit; one that is worded so already stays as it is.</summary>
    /// <param name="title">What the commit does, as an imperative.</param>
    /// <param name="files">The files that it changes.</param>
    /// <param name="kind">What kind of work the request is, for a title whose first word does not tell.</param>
    public static string Of(string title, IReadOnlyCollection<RepoPath> files, RequestKind kind)
    {
        if (IsConventional(title))
            return title;
        var (type, description) = (TypeOf(title, files, kind), Lowered(title.TrimEnd('.')));
        var scoped = ScopeOf(files) is { } scope ? $"{type}({scope}): {description}" : "";
        return scoped.Length is > 0 and <= Longest ? scoped : $"{type}: {description}";
    }

    private static string TypeOf(string title, IReadOnlyCollection<RepoPath> files, RequestKind kind)
    {
        if (files.Count > 0 && files.All(IsTest))
            return "test";
        if (files.Count > 0 && files.All(IsDocument))
            return "docs";
        if (files.Count > 0 && files.All(file => file.Value.StartsWith(".github/", StringComparison.Ordinal) || file.Name is ".gitlab-ci.yml" or "Jenkinsfile" or "azure-pipelines.yml"))
            return "ci";
        var verb = title.Split(' ')[0].ToLowerInvariant();
        return Verbs.FirstOrDefault(pair => pair.Verbs.Contains(verb)).Type ?? kind switch
        {
            RequestKind.BugFix => "fix",
            RequestKind.Refactoring => "refactor",
            _ => "feat",
        };
    }

    // The deepest folder that all files have in common, if it has a telling name.
    private static string? ScopeOf(IReadOnlyCollection<RepoPath> files)
    {
        var folders = files.Select(file => file.Folder.Split('/', StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (folders.Count == 0)
            return null;
        var common = folders[0].TakeWhile((part, at) => folders.TrueForAll(other => at < other.Length && other[at] == part));
        return common.LastOrDefault(part => !Plain.Contains(part) && Scope().IsMatch(part))?.ToLowerInvariant();
    }

    private static bool IsTest(RepoPath file) =>
        TestName().IsMatch(file.Name) || file.Folder.Split('/').Any(part => part is "test" or "tests" or "spec" or "specs" or "__tests__" || part.EndsWith(".Tests", StringComparison.Ordinal));

    private static bool IsDocument(RepoPath file) => Path.GetExtension(file.Name).ToLowerInvariant() is ".md" or ".mdx" or ".rst" or ".adoc";

    // A name or an abbreviation keeps its letters.
    private static string Lowered(string title) =>
        title.Length > 1 && char.IsUpper(title[0]) && title.Split(' ')[0].Skip(1).All(letter => char.IsLower(letter) || !char.IsLetter(letter)) && !title.Split(' ')[0].Any(char.IsDigit)
            ? char.ToLowerInvariant(title[0]) + title[1..]
            : title;

    [GeneratedRegex(@"^[a-z]+(\([^()\s][^()]*\))?!?: \S", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"^[A-Za-z0-9][\w.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Scope();

    [GeneratedRegex(@"(\.|_|-)(test|tests|spec)\.[a-z]+\z|Tests?\.(cs|java|kt|swift)\z|^test_.*\.py\z", RegexOptions.CultureInvariant)]
    private static partial Regex TestName();
}
