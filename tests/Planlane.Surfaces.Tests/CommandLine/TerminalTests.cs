using Planlane.Support;

namespace Planlane.CommandLine;

/// <summary>The live view in a real terminal: a recorded run is replayed in it.</summary>
public sealed class TerminalTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "planlane");

    private readonly RecordedRun _run = new();

    public TerminalTests() => Assert.SkipUnless(RealTerminal.IsThere, "There is no tmux here.");

    [Theory]
    [InlineData(80, 24)]
    [InlineData(200, 50)]
    public async Task Replay_InATerminal_LeavesTheLinesAndNothingOfTheRegion(int columns, int rows)
    {
        using var terminal = Start(columns, rows);
        var plain = await PlanlaneProcess.RunAsync(_run.Folder, new Dictionary<string, string>(), "replay", _run.Id, "--speed", "max", "--progress", "plain");
        await BeginAsync(terminal, "--speed 20");

        Assert.Contains("planner", terminal.Screen, StringComparison.Ordinal);
        terminal.Press("P");
        await terminal.UntilAsync("ended 0");

        var lines = LinesOf(terminal.History);
        Assert.Contains(Words(plain.Error), Words(terminal.History), StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.StartsWith("WORKING", StringComparison.Ordinal) || line.StartsWith("REPLAY", StringComparison.Ordinal));
        await IsUsableAsync(terminal);
    }

    [Fact]
    public async Task Replay_ResizedAgainAndAgain_LosesNoLineOfTheScrollback()
    {
        using var terminal = Start(80, 24);
        terminal.Type("seq -f 'line %g of before' 60");
        await terminal.UntilAsync("line 60 of before");
        await BeginAsync(terminal, "--speed 20");

        foreach (var (columns, rows) in new[] { (60, 24), (100, 30), (100, 12), (47, 20), (80, 24) })
        {
            terminal.Resize(columns, rows);
            await terminal.UntilAsync(screen => screen.Contains("planner", StringComparison.Ordinal) && !screen.Split('\n').Any(line => line.Length > columns));
        }

        terminal.Press("P");
        await terminal.UntilAsync("ended 0");

        var lines = LinesOf(terminal.History);
        Assert.Equal(Enumerable.Range(1, 60).Select(number => $"line {number} of before"), lines.Where(line => line.EndsWith(" of before", StringComparison.Ordinal)));
        Assert.DoesNotContain(LinesOf(terminal.Screen), line => line.StartsWith("WORKING", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("C-c", 130)]
    [InlineData("C-\\", 131)]
    [InlineData("HUP", 129)]
    [InlineData("TERM", 143)]
    public async Task Replay_AnySignal_GivesTheTerminalBack(string signal, int code)
    {
        using var terminal = Start(80, 24);
        var title = terminal.Title;
        await BeginAsync(terminal, "--speed 1");
        Assert.Matches("^planlane [0-9a-f]{6}: ", terminal.Title);

        if (signal.StartsWith("C-", StringComparison.Ordinal))
            terminal.Press(signal);
        else
            terminal.Signal(signal);

        await terminal.UntilAsync($"ended {code}");
        await IsUsableAsync(terminal);
        Assert.Equal(title, terminal.Title);
    }

    [Fact]
    public async Task Replay_TerminalIsClosed_EndsInOrder()
    {
        var (terminal, code) = (Start(80, 24), Path.Combine(_run.Folder, "code"));
        terminal.Type($"sh -c 'trap : HUP; {Program} replay --speed 1; echo $? > code.new; mv code.new code'");
        await terminal.UntilAsync("WORKING");

        terminal.Dispose();

        for (var look = 0; look < 600 && !File.Exists(code); look++)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal("129\n", await File.ReadAllTextAsync(code, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Replay_StoppedByTheShellAndBroughtBack_GoesOn()
    {
        using var terminal = Start(80, 24);
        await BeginAsync(terminal, "--speed 1");

        terminal.Press("C-z");
        await terminal.UntilAsync("Stopped");
        await IsUsableAsync(terminal);
        terminal.Type("clear; fg");
        await terminal.UntilAsync("WORKING");
        terminal.Press("q");

        await terminal.UntilAsync(screen => !screen.Contains("WORKING", StringComparison.Ordinal));
        await IsUsableAsync(terminal);
    }

    [Fact]
    public async Task Replay_Keys_LookAtAnAgentAndEnd()
    {
        using var terminal = Start(80, 24);
        await BeginAsync(terminal, "--speed 4");
        terminal.Press("P");
        await terminal.UntilAsync("[Haiku-1] Starting");
        terminal.Press("P", "Down", "Space");

        var screen = await terminal.UntilAsync("its task:");

        Assert.Contains("> Haiku-1", screen, StringComparison.Ordinal);
        terminal.Press("q");
        await terminal.UntilAsync("ended 130");
    }

    [Theory]
    [InlineData("TERM=dumb")]
    [InlineData("CI=1")]
    [InlineData("PLANLANE_ACCESSIBLE=1")]
    public async Task Replay_WhereNothingCanBeWrittenAgain_TellsLines(string variable)
    {
        using var terminal = Start(80, 24);
        terminal.Type($"{variable} {Program} replay --speed max; echo ended $?");

        await terminal.UntilAsync("ended 0");

        Assert.DoesNotContain("REPLAY", terminal.History, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", terminal.History, StringComparison.Ordinal);
        Assert.Contains("[Haiku-1] Starting", terminal.History, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_LocaleWithoutUnicode_ShowsAsciiAlone()
    {
        using var terminal = Start(80, 24);
        await BeginAsync(terminal, "--speed 20", "LC_ALL=C ");

        var screen = terminal.Screen;
        terminal.Press("P");
        await terminal.UntilAsync("ended 0");

        Assert.DoesNotContain(screen + terminal.History, letter => letter > '~');
    }

    public void Dispose() => _run.Dispose();

    private RealTerminal Start(int columns, int rows) => RealTerminal.Start(_run.Folder, columns, rows);

    // Until the region is there; the replay is paused then.
    private static async Task BeginAsync(RealTerminal terminal, string options, string variables = "")
    {
        terminal.Type($"{variables}{Program} replay {options}; echo ended $?");
        await terminal.UntilAsync("WORKING");
        terminal.Press("P");
        await terminal.UntilAsync("REPLAY PAUSED");
    }

    private static async Task IsUsableAsync(RealTerminal terminal)
    {
        Assert.True(terminal.IsCursorShown);
        terminal.Type("stty -a | tr ' ;' '\\n\\n' | grep -cxE 'icanon|echo'");
        await terminal.UntilAsync(screen => screen.Split('\n').Any(line => line.Trim() == "2"));
    }

    // A terminal's lines are shorter: where they wrap, the drawn tree goes on.
    private static string Words(string text) => string.Join(' ', text.Replace("│", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static List<string> LinesOf(string text) => [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
}
