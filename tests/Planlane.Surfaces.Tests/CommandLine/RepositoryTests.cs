using Planlane.Support;
using Planlane.Testing;

namespace Planlane.CommandLine;

/// <summary>Repositories in which no run can begin.</summary>
public sealed class RepositoryTests
{
    private static readonly Dictionary<string, string> Key = new() { ["ANTHROPIC_API_KEY"] = "any", ["ANTHROPIC_BASE_URL"] = "http://127.0.0.1:9" };

    [Fact]
    public async Task Request_OutsideOfARepository_SaysHowToMakeOne()
    {
        var folder = Directory.CreateTempSubdirectory("planlane-test-").FullName;

        var result = await PlanlaneProcess.RunAsync(folder, Key, "Add a login with tests");
        Directory.Delete(folder, recursive: true);

        Refused(result, "is not in a git repository.", "Run `git init`");
    }

    [Fact]
    public async Task Request_EmptyRepository_AsksForAFirstCommit()
    {
        using var repository = TempRepository.With();
        repository.Git("update-ref", "-d", "HEAD");

        Refused(await RunAsync(repository), "The repository has no commit yet.", "git commit");
    }

    [Fact]
    public async Task Request_MergeInProgress_AsksToFinishIt()
    {
        using var repository = TempRepository.With(("a.txt", "a"));
        repository.Git("checkout", "-q", "-b", "other");
        repository.Write("a.txt", "b");
        repository.Git("commit", "-q", "-am", "b");
        repository.Git("checkout", "-q", "main");
        repository.Git("merge", "-q", "--no-ff", "--no-commit", "other");

        Refused(await RunAsync(repository), "A merge is in progress.", "git merge --continue");
    }

    private static Task<PlanlaneProcess.Result> RunAsync(TempRepository repository) => PlanlaneProcess.RunAsync(repository.Folder, Key, "Add a login with tests");

    private static void Refused(PlanlaneProcess.Result result, string message, string hint)
    {
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
    }
}
