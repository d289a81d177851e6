namespace Planlane.Git;

public sealed class CommitBuilderTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    [Fact]
    public async Task CreateAsync_Chain_IsTheUsersAndMovesNothing()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var (before, parent, first, second) = (temp.State(), temp.Head, await temp.TreeAsync(("a.txt", "2")), await temp.TreeAsync(("a.txt", "3")));
        var commits = await new CommitBuilder(temp.Repository).CreateAsync(
            parent,
            [
                new PlannedTreeCommit(first, "[Haiku-1] First\n\nBecause é.  \n\n\n", [("Planlane-Run", "7f3c2a"), ("Planlane-Agent", "Haiku-1")]),
                new PlannedTreeCommit(second, "[Haiku-2] Second", []),
            ],
            Token);

        Assert.Equal(before, temp.State());
        var seconds = TempRepository.Now.ToUnixTimeSeconds();
        var who = $"Ada <ada@example.com> {seconds} +0000";
        Assert.Equal(
            [
                $"tree {first}\nparent {parent}\nauthor {who}\ncommitter {who}\n\n[Haiku-1] First\n\nBecause é.\n\nPlanlane-Run: 7f3c2a\nPlanlane-Agent: Haiku-1",
                $"tree {second}\nparent {commits[0]}\nauthor {who}\ncommitter {who}\n\n[Haiku-2] Second",
            ],
            commits.Select(commit => temp.Git("cat-file", "commit", commit.Value)));
        Assert.Equal("7f3c2a", temp.Git("log", "-1", "--format=%(trailers:key=Planlane-Run,valueonly)", commits[0].Value).Trim());
    }

    [Theory]
    [InlineData("Subject", "Subject\n\nA: 1\nB: two words\n")]
    [InlineData("Subject: with a colon", "Subject: with a colon\n\nA: 1\nB: two words\n")]
    [InlineData("Subject\n\nBody.\n\nSigned-off-by: Ada\nA: 1", "Subject\n\nBody.\n\nSigned-off-by: Ada\nA: 1\nB: two words\n")]
    [InlineData("Subject\n\nOne.\n---\nTwo.", "Subject\n\nOne.\n---\nTwo.\n\nA: 1\nB: two words\n")]
    [InlineData("Subject\n\nNote: this and\nthat in a sentence.", "Subject\n\nNote: this and\nthat in a sentence.\n\nA: 1\nB: two words\n")]
    public async Task WithTrailersAsync_Message_EndsWithOneBlock(string message, string expected)
    {
        await using var temp = await TempRepository.EmptyAsync();
        // The program would run this for every trailer if it read the user's settings.
        temp.Git("config", "trailer.a.cmd", "echo planted");
        temp.Git("config", "trailer.a.key", "A");
        Assert.Equal(expected, await new CommitMessages(temp.Repository).WithTrailersAsync(message, [("A", "1"), ("B", "two\n words ")], Token));
    }

    [Theory]
    [InlineData("a \n\n\n\nb\r\n\n", "a\n\nb\n")]
    [InlineData(" \n \n", "")]
    [InlineData("# kept", "# kept\n")]
    public void Cleaned_Message_IsAsGitCommitCleansIt(string message, string expected) => Assert.Equal(expected, CommitMessages.Cleaned(message));

    [Fact]
    public async Task CreateAsync_SigningFails_MakesNothing()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        temp.Git("config", "commit.gpgsign", "true");
        temp.Git("config", "gpg.program", "false");
        await Assert.ThrowsAsync<GitException>(() => temp.PlannedAsync(("a.txt", "2")));
    }

    [Fact]
    public async Task CreateAsync_SigningIsOn_CommitsAreSigned()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var program = Path.Combine(temp.Outside, "sign");
        TempRepository.WriteScript(program, "cat >/dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\necho '-----BEGIN PGP SIGNATURE-----'\n");
        temp.Git("config", "commit.gpgsign", "true");
        temp.Git("config", "gpg.program", program);
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        Assert.Contains("gpgsig -----BEGIN PGP SIGNATURE-----", temp.Git("cat-file", "commit", commit.Value), StringComparison.Ordinal);
    }
}
