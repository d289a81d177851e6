using System.Diagnostics;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Commits signed with real keys, made for the test.</summary>
public sealed class SigningTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    [Fact]
    public async Task CreateAsync_SshKey_SignsEveryCommit()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        UseSsh(temp);
        var commits = await ChainAsync(temp);
        temp.Git("config", "gpg.ssh.allowedSignersFile", Path.Combine(temp.Outside, "allowed"));
        Assert.All(commits, commit => Assert.Equal("G ada@example.com", temp.Git("log", "-1", "--format=%G? %GS", commit.Value)));
        Assert.Equal("", temp.Git("fsck", "--no-dangling", "--no-progress"));
    }

    [Fact]
    public async Task CreateAsync_OpenPgpKey_SignsEveryCommit()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var home = Directory.CreateTempSubdirectory("plgpg-");
        try
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(home.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Assert.SkipUnless(TryRun("gpg", "--homedir", home.FullName, "--batch", "--passphrase", "", "--quick-gen-key", "Ada <ada@example.com>", "ed25519", "sign", "never"), "There is no gpg that makes keys here.");
            var program = Path.Combine(temp.Outside, "gpg");
            TempRepository.WriteScript(program, $"exec gpg --homedir '{home.FullName}' --batch --trust-model always \"$@\"\n");
            temp.Git("config", "gpg.program", program);
            temp.Git("config", "commit.gpgsign", "true");
            var commits = await ChainAsync(temp);
            Assert.All(commits, commit => Assert.Equal("G Ada <ada@example.com>", temp.Git("log", "-1", "--format=%G? %GS", commit.Value)));
        }
        finally
        {
            TryRun("gpgconf", "--homedir", home.FullName, "--kill", "all");
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task CreateAsync_KeyIsGone_FailsWithGitsWordsAndMovesNothing()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        UseSsh(temp);
        File.Delete(Path.Combine(temp.Outside, "key"));
        var before = temp.State();
        var fault = await Assert.ThrowsAsync<GitException>(() => ChainAsync(temp));
        Assert.Contains("key", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, temp.State());
    }

    private static void UseSsh(TempRepository temp)
    {
        var key = Path.Combine(temp.Outside, "key");
        Assert.SkipUnless(TryRun("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ada@example.com", "-f", key), "There is no ssh-keygen here.");
        File.WriteAllText(Path.Combine(temp.Outside, "allowed"), $"ada@example.com {File.ReadAllText(key + ".pub")}");
        temp.Git("config", "gpg.format", "ssh");
        temp.Git("config", "user.signingkey", key);
        temp.Git("config", "commit.gpgsign", "true");
    }

    private static async Task<ValueList<ObjectId>> ChainAsync(TempRepository temp) => await new CommitBuilder(temp.Repository).CreateAsync(
        temp.Head,
        [new PlannedTreeCommit(await temp.TreeAsync(("a.txt", "2")), "[Haiku-1] First", []), new PlannedTreeCommit(await temp.TreeAsync(("a.txt", "3")), "[Haiku-2] Second", [("Planlane-Run", "7f3c2a")])],
        TimeProvider.System.GetLocalNow(),
        Token);

    private static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            _ = process.StandardError.ReadToEndAsync(Token);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
