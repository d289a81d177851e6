using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>A plan with what it is checked against.</summary>
internal sealed record RuleCase(Plan Plan)
{
    public RunRequest Request { get; init; } = Some.Request;

    public RunSettings Settings { get; init; } = Some.Settings;

    public RepositoryFacts Facts { get; init; } = Some.EmptyRepository;

    public ValueList<PlanProblem> Problems => PlanRules.Check(Plan, Request, Settings, Facts);

    public PlanProof Proof => PlanProof.Of(Plan, Request, Settings, Facts);
}

/// <summary>Small repositories for the rules.</summary>
internal static class Trees
{
    public static RepositoryFacts Of(params string[] paths) => new(paths.Select(path => new RepositoryFile(new(path))), []);

    public static RepositoryFacts Of(IEnumerable<RepositoryFile> files, params SourceFile[] sources) =>
        new(files.Concat(sources.Select(source => new RepositoryFile(source.Path, 1_000))).DistinctBy(file => file.Path), [], new CodeGraph(sources));

    public static RepositoryFile Link(string path, string target) => new(new(path), 10, target);

    public static SourceFile Source(string path, HubKind? hub = null, string language = "C#", params string[] uses) =>
        new(new(path), language, uses.Select(used => new RepoPath(used)).ToValueList(), [], hub);
}
