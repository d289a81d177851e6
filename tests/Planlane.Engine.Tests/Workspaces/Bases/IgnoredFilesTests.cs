namespace Planlane.Workspaces.Bases;

public sealed class IgnoredFilesTests
{
    [Fact]
    public async Task OpenAsync_Secrets_AreLeftOutUnlessTheyAreNamedOrTracked()
    {
        await using var frozen = await FrozenRepository.WithAsync(
            (".gitignore", ".env*\n.ENV*\n*.pem\nsecrets.json\nbuild/\n.aws/\nmine.key\n"), (".worktreeinclude", "# local settings\n.env.test\ncerts/*\n!certs/root.pem\n"), ("a.cs", "1"), ("tracked.pem", "public"));
        foreach (var path in new[] { ".env", ".ENV.prod", ".env.test", "web/.env.local", "certs/dev.pem", "certs/root.pem", "secrets.json", "build/deep/id_rsa", "build/app.js", "build/credentials.js", ".aws/config", "mine.key" })
            frozen.Temp.Write(path, "1");
        frozen.Temp.Git("add", "-f", "tracked.pem");
        frozen.Temp.Git("commit", "-q", "-m", "A public key");

        var files = await frozen.OpenAsync(policy: new WorkspacePolicy { Include = ["mine.key"] });

        Assert.Equal(
            [".env.test", ".gitignore", ".worktreeinclude", "a.cs", "build/app.js", "build/credentials.js", "certs/dev.pem", "mine.key", "tracked.pem"],
            FrozenRepository.Names(files.Folder));
        Assert.Equal(
            [".ENV.prod", ".aws/config", ".env", "build/deep/id_rsa", "certs/root.pem", "secrets.json", "web/.env.local"],
            files.Remarks.Where(remark => remark.Kind == RemarkKind.Secret).Select(remark => remark.Path.Value));
    }

    [Fact]
    public async Task OpenAsync_Dependencies_AreSharedWhereverTheyLie()
    {
        await using var frozen = await FrozenRepository.WithAsync((".gitignore", "node_modules\n.venv/\npy/\nvendor/\ncache/\n"), ("web/a.js", "1"), ("b.js", "1"));
        var temp = frozen.Temp;
        foreach (var path in new[] { "web/node_modules/left/index.js", ".venv/bin/python", "py/pyvenv.cfg", "vendor/bundle/rack.rb", "vendor/own.rb", "cache/node_modules/x.js", "cache/state" })
            temp.Write(path, "1");
        Directory.CreateDirectory(Path.Combine(temp.Outside, "installed"));
        Directory.CreateSymbolicLink(temp.Full("node_modules"), Path.Combine(temp.Outside, "installed"));

        var files = await frozen.OpenAsync();

        Assert.Equal(
            [
                new SharedFolder(new(".venv"), temp.Full(".venv")), new(new("cache/node_modules"), temp.Full("cache/node_modules")), new(new("node_modules"), Path.Combine(temp.Outside, "installed")),
                new(new("py"), temp.Full("py")), new(new("vendor/bundle"), temp.Full("vendor/bundle")), new(new("web/node_modules"), temp.Full("web/node_modules")),
            ],
            files.Shared);
        Assert.Equal([".gitignore", "b.js", "cache/state", "vendor/own.rb", "web/a.js"], FrozenRepository.Names(files.Folder));
        Assert.All(files.Shared, shared => Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(files.Folder, shared.Path.Value))));
        Assert.Equal("", FrozenRepository.GitIn(files, "status", "--porcelain"));
    }

    [Fact]
    public async Task OpenAsync_TooLarge_IsSharedOrLeftOutAndSaid()
    {
        await using var frozen = await FrozenRepository.WithAsync((".gitignore", "data/\nmany/\nfew/\nhuge/\n*.iso\n"), ("a.cs", "1"));
        frozen.Temp.Write("data/big.bin", new string('x', 3_000));
        frozen.Temp.Write("data/prod.pem", "key");
        foreach (var at in Enumerable.Range(0, 12))
            frozen.Temp.Write($"many/{at}", "1");
        foreach (var at in Enumerable.Range(0, 30))
            frozen.Temp.Write($"huge/{at}", "1");
        frozen.Temp.Write("few/1", "1");
        frozen.Temp.Write("disk.iso", new string('x', 2_000));

        var files = await frozen.OpenAsync(limits: new BaseLimits { MostBytes = 2_500, MostFiles = 10, MostFileBytes = 1_000, MostNames = 20 });

        Assert.Equal(["data", "many"], files.Shared.Select(shared => shared.Path.Value));
        Assert.Equal(["data/prod.pem"], files.Masked.Select(path => path.Value));
        Assert.Equal([".gitignore", "a.cs", "few/1"], FrozenRepository.Names(files.Folder));
        Assert.Equal(
            [("data", RemarkKind.Shared), ("data/prod.pem", RemarkKind.Secret), ("disk.iso", RemarkKind.TooLarge), ("huge", RemarkKind.TooLarge), ("many", RemarkKind.Shared)],
            files.Remarks.Select(remark => (remark.Path.Value, remark.Kind)));
    }

    [Fact]
    public async Task OpenAsync_OddThingsInIgnoredFolders_DoNoHarm()
    {
        await using var frozen = await FrozenRepository.WithAsync((".gitignore", "out/\n"), ("a.cs", "1"));
        var temp = frozen.Temp;
        temp.Write("out/file name\twith\nodd \"letters\" é", "1");
        temp.Write("out/clone/.git/config", "[core]\n\tfsmonitor = touch /ran\n");
        temp.Write("out/clone/file", "1");
        FrozenRepository.Run("mkfifo", temp.Full("out/pipe"));
        File.CreateSymbolicLink(temp.Full("out/circle"), "circle");
        File.CreateSymbolicLink(temp.Full("out/etc"), "/etc");
        temp.Git("worktree", "add", "-q", temp.Full("out/other"), "-b", "other");
        FrozenRepository.Run("/bin/sh", "-c", $"printf 1 > \"{temp.Full("out")}/$(printf 'not-utf8-\\377')\"");

        var files = await frozen.OpenAsync();

        Assert.Equal([".gitignore", "a.cs", "out/circle", "out/clone/file", "out/etc", "out/file name\twith\nodd \"letters\" é"], FrozenRepository.Names(files.Folder).Order(StringComparer.Ordinal));
        Assert.Equal(("circle", "/etc"), (new FileInfo(Path.Combine(files.Folder, "out/circle")).LinkTarget, new FileInfo(Path.Combine(files.Folder, "out/etc")).LinkTarget));
        Assert.Equal([("out/not-utf8-\uFFFD", RemarkKind.Unreadable), ("out/other", RemarkKind.OtherWorkTree)], files.Remarks.Select(remark => (remark.Path.Value, remark.Kind)));
    }
}
