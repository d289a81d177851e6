using Planlane.Agents;
using Planlane.Values;

namespace Planlane.Reports;

/// <summary>What one piece of evidence says of a criterion.</summary>
/// <param name="Standing">What it says.</param>
/// <param name="Evidence">The evidence in words, or null.</param>
/// <param name="Contradiction">Where the agent's evidence is none, or null.</param>
internal sealed record CriterionVerdict(CriterionStanding Standing, string? Evidence, string? Contradiction = null);

/// <summary>Looks up single pieces of evidence in what was measured of one task.</summary>
/// <param name="task">The task.</param>
/// <param name="evidence">What was measured.</param>
/// <param name="runs">Everything that ran on its work, oldest first.</param>
internal sealed class CriteriaScene(TaskState task, Evidence evidence, IReadOnlyList<Ran> runs)
{
    // Succeeds whatever was done.
    private static readonly string[] Empty = ["true", ":", "exit", "echo", "printf", "ls", "cat", "pwd"];

    /// <summary>A path as an agent wrote it.</summary>
    public static RepoPath PathOf(string text) => new(text.Replace('\\', '/') is ['.', '/', .. var rest] ? rest : text.Replace('\\', '/'));

    /// <summary>What the paths that the criterion names lead to.</summary>
    public IEnumerable<CriterionVerdict> ByPaths(string criterion)
    {
        if (CriterionWords.Existence(criterion) is { } asked)
            yield return new CriterionVerdict(Exists(asked.Path) == asked.IsThere ? CriterionStanding.Met : CriterionStanding.NotMet, $"{asked.Path} {(Exists(asked.Path) ? "exists" : "does not exist")}");
        else if (CriterionWords.Change(criterion) is { } changed && Exists(changed))
            yield return evidence.Files.FirstOrDefault(file => file.Path == changed) is { } stat ? new CriterionVerdict(CriterionStanding.Met, Counted(stat)) : new CriterionVerdict(CriterionStanding.NotMet, $"{changed} is as it was");
        else if (!CriterionWords.IsNegative(criterion) && CriterionWords.Paths(criterion).FirstOrDefault(path => task.Lane.Includes(path) && !Exists(path)) is { Value: not null } absent)
            yield return new CriterionVerdict(CriterionStanding.NotMet, $"{absent} does not exist");
        foreach (var path in CriterionWords.Paths(criterion))
            if (Holds(path, criterion) is { } verdict)
                yield return verdict;
    }

    /// <summary>What the commands and tests that the criterion names lead to.</summary>
    public IEnumerable<CriterionVerdict> ByRuns(string criterion)
    {
        if (runs.LastOrDefault(run => criterion.Contains(run.Command, StringComparison.Ordinal)) is { } run && CriterionWords.IsAboutSuccess(criterion, run.Command))
            yield return OfRun(run);
        if (CriterionWords.IsAboutTests(criterion) && runs.LastOrDefault(ran => ran.Tests is { Total: > 0 }) is { } tested && tested.Tests!.Passed + tested.Tests.Failed > 0 && (tested.Tests.Failed > 0 || tested.Tests.Passed >= CriterionWords.CountOfTests(criterion)))
            yield return OfRun(tested);
        foreach (var name in CriterionWords.Quoted(criterion).Where(text => !text.Contains('/', StringComparison.Ordinal)))
            if (OfTest(name) is { } verdict)
                yield return verdict;
    }

    /// <summary>What the agent's evidence for the criterion comes to.</summary>
    public IEnumerable<CriterionVerdict> ByClaim(EvidenceClaim claim, string criterion)
    {
        if (claim.Test is { } test)
            yield return OfTest(test) ?? UnknownTest(test);
        if (claim.Command is { } command)
            yield return OfCommand(command);
        if (claim.File is { } file)
            yield return Holds(PathOf(file), criterion) ?? OfFile(PathOf(file));
    }

    private CriterionVerdict? OfTest(string name)
    {
        foreach (var run in runs.Reverse())
        {
            var found = run.Cases.Where(test => TestNames.Means(name, test.Name)).ToList();
            if (found.Count == 0)
                found = [.. run.Cases.Where(test => TestNames.IsGroupOf(name, test.Name))];
            if (found.Find(test => test.Outcome is TestOutcome.Failed) is { } failed)
                return new CriterionVerdict(CriterionStanding.NotMet, $"test {failed.Name} failed");
            if (found.Find(test => test.Outcome is TestOutcome.Passed) is { } passed)
                return new CriterionVerdict(CriterionStanding.Met, found.Count == 1 ? $"test {passed.Name} passed" : $"{found.Count(test => test.Outcome is TestOutcome.Passed)} tests {name} passed");
            if (found.Count > 0)
                return new CriterionVerdict(CriterionStanding.NotShown, $"test {found[0].Name} was skipped");
        }

        return null;
    }

    private CriterionVerdict UnknownTest(string name)
    {
        var tested = runs.Where(run => run.Tests is { Total: > 0 }).ToList();
        if (tested.Count == 0)
            return new CriterionVerdict(CriterionStanding.NotShown, $"test {name} has not run");
        return tested.Exists(run => !run.NamesAll)
            ? new CriterionVerdict(CriterionStanding.NotShown, $"test {name} is not among those that the runner names")
            : new CriterionVerdict(CriterionStanding.NotShown, null, $"It names the test '{name}' as evidence, but that did not run.");
    }

    private CriterionVerdict OfCommand(string command)
    {
        if (runs.LastOrDefault(run => run.Is(command)) is { } ran)
            return Empty.Contains(ran.Command.Trim().Split(' ')[0]) ? new CriterionVerdict(CriterionStanding.NotShown, $"{ran.Command} shows nothing") : OfRun(ran);
        return new CriterionVerdict(CriterionStanding.NotShown, null, $"It names the command '{command}' as evidence, but that did not run.");
    }

    private CriterionVerdict OfFile(RepoPath path)
    {
        var stat = evidence.Files.FirstOrDefault(file => file.Path == path);
        if (stat is null && !Exists(path))
            return new CriterionVerdict(CriterionStanding.NotShown, null, $"It names the file '{path}' as evidence, but that does not exist.");
        return new CriterionVerdict(CriterionStanding.NotShown, stat is null ? $"{path} is as it was" : Counted(stat));
    }

    // Whether a file holds all names that the criterion asks for, where it asks for no more; null where it does.
    private CriterionVerdict? Holds(RepoPath path, string criterion)
    {
        var names = CriterionWords.Stated(criterion);
        if (names.Count == 0 || evidence.Texts.FirstOrDefault(file => file.Path == path) is not { } file)
            return null;
        var absent = names.Where(name => !CriterionWords.HasName(file.Text, name)).ToList();
        // It may hold them in another spelling or hand on those of another file.
        return absent.Count == 0
            ? new CriterionVerdict(CriterionStanding.Met, $"{path} holds {string.Join(", ", names)}")
            : new CriterionVerdict(CriterionStanding.NotShown, $"{path} does not hold {string.Join(", ", absent)}");
    }

    private static string Counted(FileStat stat) => $"{stat.Path} +{stat.Added} -{stat.Deleted}";

    private static CriterionVerdict OfRun(Ran run)
    {
        var tests = run.Tests is { Total: > 0 } counts ? $", {counts.Passed} of {counts.Total} tests passed" : "";
        return new CriterionVerdict(run.Passed ? CriterionStanding.Met : CriterionStanding.NotMet, $"{run.Command}: exit code {run.ExitCode}{tests}");
    }

    // A folder is there when something in it is.
    private bool Exists(RepoPath path) => evidence.Existing.Contains(path) || evidence.Files.Any(file => file.Path == path && file.Kind is not FileChangeKind.Deleted);
}
