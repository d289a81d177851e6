using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>A real repository in a temporary folder, driven by the real git as a user would.</summary>
internal sealed class TempRepository : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly DirectoryInfo _outer = Directory.CreateTempSubdirectory("planlane-test-");

    private TempRepository()
    {
        Root = Path.Combine(_outer.FullName, "repo");
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    public string Outside => _outer.FullName;

    public GitRepository Repository { get; private set; } = null!;

    public GitObjects Objects { get; private set; } = null!;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TempRepository> EmptyAsync(string format = "sha1")
    {
        var made = new TempRepository();
        made.Git("init", "-q", "-b", "main", $"--object-format={format}");
        made.Git("config", "user.name", "Ada");
        made.Git("config", "user.email", "ada@example.com");
        made.Git("config", "commit.gpgsign", "false");
        await made.OpenAsync();
        return made;
    }

    public static async Task<TempRepository> WithAsync(params (string Path, string Text)[] files)
    {
        var made = await EmptyAsync();
        made.Commit("base", files);
        return made;
    }

    public async Task OpenAsync()
    {
        Repository = await GitRepository.OpenAsync(Root, new FakeTimeProvider(Now), Token);
        Objects = new GitObjects(Repository);
    }

    public ObjectId Commit(string message, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
            Write(path, text);
        Git("add", "-A");
        Git("commit", "-q", "--allow-empty", "-m", message);
        return Head;
    }

    public ObjectId Head => new(Git("rev-parse", "HEAD"));

    public ObjectId TreeOf(string revision) => new(Git("rev-parse", $"{revision}^{{tree}}"));

    public string Full(string path) => Path.Combine(Root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }

    public static void WriteScript(string path, string text)
    {
        File.WriteAllText(path, "#!/bin/sh\n" + text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Read(string path) => File.ReadAllText(Full(path));

    public Task<ObjectId> BlobAsync(string text) => Objects.WriteBlobAsync(Encoding.UTF8.GetBytes(text), Token);

    /// <summary>A tree from HEAD's and changes: text to write, or null to delete.</summary>
    public async Task<ObjectId> TreeAsync(params (string Path, string? Text)[] changes)
    {
        var list = new List<TreeChange>();
        foreach (var (path, text) in changes)
            list.Add(new TreeChange(new RepoPath(path), text is null ? null : await BlobAsync(text), FileModes.File));
        return await new TreeWriter(Objects).WriteTreeAsync(TreeOf("HEAD"), list, Token);
    }

    /// <summary>A commit on HEAD with changes, that no ref names.</summary>
    public async Task<ObjectId> PlannedAsync(params (string Path, string? Text)[] changes) => await PlannedAsync(await TreeAsync(changes));

    public async Task<ObjectId> PlannedAsync(ObjectId tree) =>
        (await new CommitBuilder(Repository).CreateAsync(Head, [new PlannedTreeCommit(tree, "[Haiku-1] Change", [])], Token))[^1];

    /// <summary>Everything a user could see: refs, HEAD, index bytes, and the files of the work tree with content, mode and links.</summary>
    public string State()
    {
        var state = new StringBuilder(Git("for-each-ref")).AppendLine().AppendLine(File.ReadAllText(Path.Combine(Repository.GitDir, "HEAD")));
        var index = Path.Combine(Repository.GitDir, "index");
        state.AppendLine(File.Exists(index) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(index))) : "no index");
        state.AppendLine(string.Join('\n', Directory.GetFiles(Repository.CommonDir, "*.lock", SearchOption.AllDirectories).Where(file => !file.EndsWith("landing.lock"))));
        return state.Append(Files()).ToString();
    }

    public string Files()
    {
        var files = new StringBuilder();
        foreach (var path in Directory.EnumerateFileSystemEntries(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(Root, path);
            if (name == ".git" || name.StartsWith(".git/", StringComparison.Ordinal))
                continue;
            var info = new FileInfo(path);
            if (info.LinkTarget is { } target)
                files.AppendLine($"{name} -> {target}");
            else if (Directory.Exists(path))
                files.AppendLine($"{name}/");
            else
                files.AppendLine($"{name} {info.UnixFileMode} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}");
        }

        return files.ToString();
    }

    public string Git(params string[] arguments) => GitIn(Root, arguments);

    public static string GitIn(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}");
    }

    public async ValueTask DisposeAsync()
    {
        if (Objects is not null)
            await Objects.DisposeAsync();
        _outer.Delete(recursive: true);
    }
}
