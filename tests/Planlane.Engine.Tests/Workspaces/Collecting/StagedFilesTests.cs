using Planlane.Git;
using Planlane.Values;

namespace Planlane.Workspaces.Collecting;

public sealed class StagedFilesTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    [Fact]
    public async Task MakeAsync_FilterAndHookOfTheUser_DoNotRun()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"), (".gitattributes", "*.txt filter=shout\n"));
        temp.Git("config", "filter.shout.smudge", "touch ../ran; cat");
        temp.Git("config", "filter.shout.required", "true");
        TempRepository.WriteScript(temp.Full(".git/hooks/post-checkout"), "touch ../ran\n");
        var tree = await TreeView.ReadAsync(temp.Repository, temp.TreeOf("HEAD"), Token);
        var staged = new StagedFiles(temp.Repository, Path.Combine(temp.Outside, "staged"));

        await staged.MakeAsync([.. tree.Paths.Select(path => KeyValuePair.Create(path, tree.Find(path)!.Value))], tree, Token);

        Assert.Equal("1", File.ReadAllText(staged[new RepoPath("a.txt")]));
        Assert.Equal(["repo", "staged"], Directory.EnumerateFileSystemEntries(temp.Outside).Select(Path.GetFileName).Order());
    }
}
