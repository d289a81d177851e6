using System.Diagnostics;
using System.Globalization;
using Planlane.Values;

namespace Planlane.Trials.Landings;

/// <summary>A repository with many small files, checked out, in a temporary folder.</summary>
internal sealed class LargeRepository : IDisposable
{
    public const int FilesPerFolder = 100;

    private const int FoldersPerFolder = 40;

    private LargeRepository(string folder) => Folder = folder;

    public string Folder { get; }

    public static RepoPath PathOf(int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"part{number / FilesPerFolder / FoldersPerFolder:000}/group{number / FilesPerFolder % FoldersPerFolder:00}/file{number % FilesPerFolder:00}.txt"));

    public static async Task<LargeRepository> MakeAsync(int files, CancellationToken cancellationToken)
    {
        var made = new LargeRepository(Directory.CreateTempSubdirectory("planlane-landing-").FullName);
        await made.GitAsync(cancellationToken, "init", "-q", "-b", "main").ConfigureAwait(false);
        foreach (var (key, value) in new[] { ("user.name", "Ada"), ("user.email", "ada@example.com"), ("commit.gpgsign", "false"), ("gc.auto", "0") })
            await made.GitAsync(cancellationToken, "config", key, value).ConfigureAwait(false);
        using var import = made.Start("fast-import", "--quiet");
        var input = import.StandardInput;
        await input.WriteAsync("commit refs/heads/main\ncommitter Ada <ada@example.com> 1700000000 +0000\ndata 4\nbase\n").ConfigureAwait(false);
        for (var number = 0; number < files; number++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"file {number}\nsecond line\n");
            await input.WriteAsync($"M 100644 inline {PathOf(number)}\ndata {text.Length}\n{text}\n").ConfigureAwait(false);
        }

        input.Close();
        await import.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await made.GitAsync(cancellationToken, "reset", "-q", "--hard").ConfigureAwait(false);
        return made;
    }

    /// <summary>Runs git as a user does.</summary>
    public async Task<string> GitAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed.");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
