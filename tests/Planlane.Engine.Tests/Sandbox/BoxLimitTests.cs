using Planlane.Reports;

namespace Planlane.Sandbox;

/// <summary>Commands that want too much.</summary>
public sealed class BoxLimitTests(BoxFixture box) : IClassFixture<BoxFixture>
{
    public static TheoryData<string> Kinds => HeldTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Time_Over_KillsEverything(string kind)
    {
        var result = await box.RunAsync(kind, "echo begun; sleep 600 & sleep 600", command => command with { Limit = TimeSpan.FromSeconds(1) });

        Assert.Equal((CommandEnd.TimedOut, -1, "begun\nThe command was killed after 1 seconds.\n"), (result.End, result.ExitCode, result.Output));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cancelled_Command_IsThrown(string kind)
    {
        var sandbox = await box.SandboxAsync(kind);
        using var source = new CancellationTokenSource();
        var begun = Path.Combine(box.Work, $"begun-{kind}");
        var running = sandbox.RunAsync(box.Command($"touch {begun}; sleep 600"), source.Token);
        while (!File.Exists(begun) && !running.IsCompleted)
            await Task.Delay(5, TestContext.Current.CancellationToken);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Processes_TooMany_AreRefused(string kind)
    {
        // Bounded by itself, so that a sandbox that does not hold it harms nobody who runs this test.
        var result = await box.RunAsync(kind, "i=0; while [ $i -lt 300 ]; do sleep 5 & i=$((i+1)); done; echo survived", command => command with { Limit = TimeSpan.FromSeconds(20), Limits = new BoxLimits { Processes = 64 } });

        var isCounted = (await box.SandboxAsync(kind)).Facts.Holds.Any(hold => hold is { Aspect: BoxAspect.Resources, Degree: HoldDegree.Held });
        Assert.DoesNotContain("survived", result.Output);
        Assert.Equal((isCounted ? CommandEnd.OverLimit : CommandEnd.Exited, true), (result.End, result.ExitCode != 0));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Memory_TooMuch_IsOverTheLimit(string kind)
    {
        var result = await box.RunAsync(kind, "python3 -c 'b = bytearray(1 << 30); print(len(b))'", command => command with { Limits = new BoxLimits { Memory = 256 << 20 } });

        Assert.DoesNotContain("1073741824", result.Output);
        Assert.NotEqual(0, result.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task File_TooLarge_IsOverTheLimit(string kind)
    {
        var result = await box.RunAsync(kind, "dd if=/dev/zero of=large bs=1M seek=10240 count=1 2>/dev/null", command => command with { Limits = new BoxLimits { FileSize = 16 << 20 } });

        Assert.Equal(CommandEnd.OverLimit, result.End);
        Assert.True(new FileInfo(Path.Combine(box.Work, "large")).Length <= 16 << 20);
    }

    [Theory]
    [InlineData("bubblewrap", "head -c 10G /dev/zero >large-file")]
    [InlineData("landlock", "head -c 10G /dev/zero >large-file")]
    [InlineData("bubblewrap", "truncate -s 10G large-file")]
    [InlineData("landlock", "truncate -s 10G large-file")]
    public async Task File_OfTenGigabytesWrittenOrSparse_EndsTold(string kind, string text)
    {
        var result = await box.RunAsync(kind, text, command => command with { Limits = new BoxLimits { FileSize = 16 << 20 } });

        var file = new FileInfo(Path.Combine(box.Work, "large-file"));
        Assert.Equal((CommandEnd.OverLimit, true), (result.End, file.Length <= 16 << 20));
        Assert.EndsWith("The command was killed: it wrote a file of more than 16 MiB.\n", result.Output);
        file.Delete();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ForkBomb_Recursive_EndsToldAndIsReaped(string kind)
    {
        var facts = (await box.SandboxAsync(kind)).Facts;
        Assert.SkipUnless(facts.Holds.Any(hold => hold is { Aspect: BoxAspect.Resources, Degree: HoldDegree.Held }), "Processes are not counted here, and nothing else bounds root's.");
        // A generation more than the limit holds, and then it would end by itself: whatever a sandbox does, nobody's machine is filled.
        var mark = $"bomb-{kind}-{Environment.ProcessId}";
        File.WriteAllText(Path.Combine(box.Work, mark), "[ $1 -eq 0 ] && exec sleep 20\nsh $0 $(($1 - 1)) & sh $0 $(($1 - 1)) & wait\n");

        var result = await box.RunAsync(kind, $"sh ./{mark} 8", command => command with { Limits = new BoxLimits { Processes = 64 } });

        Assert.Equal(CommandEnd.OverLimit, result.End);
        Assert.EndsWith("The command was killed: it had more than 64 processes and threads.\n", result.Output);
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc").Select(CommandLine), line => line.Contains(mark, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Output_WithoutEnd_KeepsHeadAndTail(string kind)
    {
        var result = await box.RunAsync(kind, "echo the beginning; yes 2>/dev/null | head -c 5000000; echo the end");

        Assert.Equal(CommandEnd.Exited, result.End);
        Assert.StartsWith("the beginning\n", result.Output);
        Assert.EndsWith("y\nthe end\n", result.Output);
        Assert.InRange(result.Output.Length, 200_000, 400_000);
        Assert.Contains("characters left out", result.Output);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Output_BothStreams_KeepTheirOrder(string kind)
    {
        var result = await box.RunAsync(kind, "for i in 1 2 3; do echo out $i; echo err $i >&2; done; cat; exit 7");

        Assert.Equal((CommandEnd.Exited, 7, "out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n"), (result.End, result.ExitCode, result.Output));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ExitCode_OfASignal_IsThatOfTheShell(string kind)
    {
        var result = await box.RunAsync(kind, "sh -c 'kill -9 $$'");

        Assert.Equal((CommandEnd.Exited, 137), (result.End, result.ExitCode));
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
