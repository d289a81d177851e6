using Planlane.Runs;

namespace Planlane.Git;

/// <summary>Alone, as the environment belongs to the whole process.</summary>
[CollectionDefinition(nameof(EnvironmentOfTheProcess), DisableParallelization = true)]
public sealed class EnvironmentOfTheProcess;

[Collection(nameof(EnvironmentOfTheProcess))]
public sealed class GitCliTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    [Theory]
    [InlineData("GIT_DIR")]
    [InlineData("GIT_WORK_TREE")]
    [InlineData("GIT_INDEX_FILE")]
    [InlineData("GIT_OBJECT_DIRECTORY")]
    [InlineData("GIT_NAMESPACE")]
    [InlineData("GIT_LITERAL_PATHSPECS")]
    public async Task Snapshot_VariableOfOurEnvironment_DoesNotLeakIn(string name)
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var expected = await temp.Repository.SnapshotAsync(Token);
        Environment.SetEnvironmentVariable(name, "/nowhere");
        try
        {
            var opened = await GitRepository.OpenAsync(temp.Root, TimeProvider.System, Token);
            Assert.Equal(expected, await opened.SnapshotAsync(Token));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public async Task OpenAsync_ProgramNamedGitInTheRepository_IsNotRun()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        TempRepository.WriteScript(temp.Full("git"), "touch ran\n");
        var here = Environment.CurrentDirectory;
        Environment.CurrentDirectory = temp.Root;
        try
        {
            await GitRepository.OpenAsync(".", TimeProvider.System, Token);
        }
        finally
        {
            Environment.CurrentDirectory = here;
        }

        Assert.False(File.Exists(temp.Full("ran")));
    }

    [Theory]
    [InlineData("git version 2.35.9")]
    [InlineData("git version 1.8.3.1")]
    [InlineData("something else")]
    public void EnsureNewEnough_OldGit_SaysWhatToDo(string version)
    {
        var fault = Assert.Throws<GitException>(() => GitProgram.EnsureNewEnough(version));
        Assert.Equal((FaultKind.Usage, "Install git 2.36 or newer."), (fault.Kind, fault.Hint));
    }

    [Theory]
    [InlineData("git version 2.36.0")]
    [InlineData("git version 2.39.5 (Apple Git-154)")]
    [InlineData("git version 2.47.1.windows.2")]
    public void EnsureNewEnough_NewGit_Passes(string version) => Assert.Null(Record.Exception(() => GitProgram.EnsureNewEnough(version)));

    [Fact]
    public async Task Find_NoGitOnThePath_SaysWhatToDo()
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", "/nowhere");
        try
        {
            var fault = await Assert.ThrowsAsync<GitException>(() => GitRepository.OpenAsync("/", TimeProvider.System, Token));
            Assert.Equal((FaultKind.Usage, "Install git 2.36 or newer."), (fault.Kind, fault.Hint));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    [Fact]
    public async Task RunAsync_CommandFails_TellsGitsWords()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var fault = await Assert.ThrowsAsync<GitException>(() => temp.Repository.Cli.RunAsync(new GitCall("rev-parse", "--verify", "nowhere"), Token));
        Assert.Equal("`git rev-parse --verify nowhere` ended with code 128: fatal: Needed a single revision", fault.Message);
    }

    [Fact]
    public async Task RunAsync_Cancelled_KillsTheCommandAndItsChildren()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var fifo = Path.Combine(temp.Outside, "alive");
        TempRepository.WriteScript(Path.Combine(temp.Outside, "wait"), $"echo $$ > '{fifo}'\nexec tail -f /dev/null\n");
        temp.Git("config", "alias.wait", $"!{temp.Outside}/wait");
        using var cancelling = new CancellationTokenSource();
        using var watcher = new FileSystemWatcher(temp.Outside, "alive") { EnableRaisingEvents = true };
        var written = new TaskCompletionSource();
        watcher.Changed += (_, _) => written.TrySetResult();
        var running = temp.Repository.Cli.RunAsync(new GitCall("wait"), cancelling.Token);
        await written.Task.WaitAsync(Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        var id = int.Parse(File.ReadAllText(fifo), System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            using var child = System.Diagnostics.Process.GetProcessById(id);
            await child.WaitForExitAsync(Token);
        }
        catch (ArgumentException)
        {
            // It has ended before we could look at it.
        }
    }
}
