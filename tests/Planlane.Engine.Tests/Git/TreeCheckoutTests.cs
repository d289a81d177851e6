namespace Planlane.Git;

public sealed class TreeCheckoutTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    [Fact]
    public async Task CheckoutAsync_Twice_UpdatesByDifferenceAndLeavesBuildOutputs()
    {
        await using var temp = await TempRepository.WithAsync(("same.txt", "1"), ("edit.txt", "1"), ("folder/gone.txt", "1"), ("spoiled.txt", "1"));
        var folder = Path.Combine(temp.Outside, "checks");
        var before = temp.State();
        await temp.Repository.CheckoutAsync(temp.TreeOf("HEAD"), folder, Token);
        var written = File.GetLastWriteTimeUtc(Path.Combine(folder, "same.txt"));
        Directory.CreateDirectory(Path.Combine(folder, "bin"));
        File.WriteAllText(Path.Combine(folder, "bin/out.dll"), "built");
        File.WriteAllText(Path.Combine(folder, "spoiled.txt"), "by a check");

        await temp.Repository.CheckoutAsync(await temp.TreeAsync(("edit.txt", "2"), ("folder/gone.txt", null), ("new.txt", "2")), folder, Token);

        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(folder, file), File.ReadAllText(file)));
        Assert.Equal([("bin/out.dll", "built"), ("edit.txt", "2"), ("new.txt", "2"), ("same.txt", "1"), ("spoiled.txt", "1")], files);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(folder, "same.txt")));
        Assert.Equal(before, temp.State());
    }

    [Fact]
    public async Task CheckoutAsync_FilterAndHookOfTheUser_DoNotRun()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"), (".gitattributes", "*.txt filter=shout\n"));
        temp.Git("config", "filter.shout.smudge", "touch ../ran; cat");
        temp.Git("config", "filter.shout.required", "true");
        TempRepository.WriteScript(temp.Full(".git/hooks/post-checkout"), "touch ../ran\n");
        var folder = Path.Combine(temp.Outside, "checks");
        await temp.Repository.CheckoutAsync(temp.Head, folder, Token);
        Assert.Equal(["repo", "checks.index", "checks"], new[] { "repo", "checks.index", "checks", "ran" }.Where(name => Path.Exists(Path.Combine(temp.Outside, name))));
        Assert.Equal("1", File.ReadAllText(Path.Combine(folder, "a.txt")));
    }

    [Fact]
    public async Task CheckoutAsync_LinkPlantedByACheck_IsNotWrittenThrough()
    {
        await using var temp = await TempRepository.WithAsync(("folder/a.txt", "1"));
        var (folder, secret) = (Path.Combine(temp.Outside, "checks"), Path.Combine(temp.Outside, "secret"));
        Directory.CreateDirectory(secret);
        await temp.Repository.CheckoutAsync(temp.Head, folder, Token);
        Directory.Delete(Path.Combine(folder, "folder"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(folder, "folder"), secret);
        await temp.Repository.CheckoutAsync(await temp.TreeAsync(("folder/a.txt", "2")), folder, Token);
        Assert.Equal("2", File.ReadAllText(Path.Combine(folder, "folder/a.txt")));
        Assert.Empty(Directory.GetFileSystemEntries(secret));
    }
}
