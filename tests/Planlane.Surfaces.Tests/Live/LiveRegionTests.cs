using CsCheck;
using Planlane.Cli.Live;
using Planlane.Support;

namespace Planlane.Live;

public sealed class LiveRegionTests
{
    private static readonly TerminalSize Size = new(20, 8);

    // Frames of up to seven lines, above each up to three lines that stay, some of them longer than the terminal is wide.
    private static readonly Gen<(string[] Above, string[] Lines)[]> Frames = Gen.Select(Gen.Int[1, 30].Array[0, 3], Gen.Int[0, 9].Array[1, 7])
        .Select((above, lines) => (above.Select((length, index) => new string((char)('a' + index), length)).ToArray(), lines.Select(line => $"line {line}").ToArray()))
        .Array[1, 12];

    [Fact]
    public void Draw_AnyFrames_LeavesTheLinesAboveInOrderAndTheLastRegionBelow() => Frames.Sample(frames =>
    {
        var (terminal, region) = (new EmulatedTerminal(Size.Columns, Size.Rows), new LiveRegion(reflows: true));
        foreach (var (above, lines) in frames)
            terminal.Receive(region.Draw(string.Concat(above.Select(line => line + "\n")), Drawn(lines), Size));

        // Where the region was longer before, lines without anything are left below it.
        Assert.Equal([.. frames.SelectMany(frame => frame.Above).SelectMany(Wrapped), .. frames[^1].Lines], terminal.Lines.Reverse().SkipWhile(line => line.Length == 0).Reverse());
        Assert.False(terminal.IsCursorShown);
        terminal.Receive(region.Erase(Size));
        Assert.Equal([.. frames.SelectMany(frame => frame.Above).SelectMany(Wrapped), ""], terminal.Lines);
        Assert.True(terminal.IsCursorShown);
    });

    [Fact]
    public void Draw_OneLineDiffers_SendsNoOther()
    {
        var region = new LiveRegion(reflows: true);
        region.Draw("", Drawn("one", "two", "three"), Size);

        var sent = region.Draw("", Drawn("one", "2", "three"), Size);

        Assert.Equal("\u001b[?2026h\u001b[?25l\u001b[?7l\u001b[1A\r2\u001b[K\u001b[1B\r\u001b[?7h\u001b[?2026l", sent);
    }

    [Fact]
    public void Draw_NothingDiffers_SendsNothing()
    {
        var region = new LiveRegion(reflows: true);
        region.Draw("", Drawn("one", "two"), Size);

        Assert.Equal("", region.Draw("", Drawn("one", "two"), Size));
    }

    // Two lines of 18 columns are two rows each on a terminal of 12 that wraps anew, and one row each on another.
    [Theory]
    [InlineData(true, "\u001b[4A")]
    [InlineData(false, "\u001b[2A")]
    public void Draw_NarrowerTerminal_BeginsWhereTheOldRegionBegan(bool reflows, string up)
    {
        var region = new LiveRegion(reflows);
        region.Draw("", Drawn(new string('x', 18), new string('y', 18), "end"), Size);

        var sent = region.Draw("", Drawn("x", "y", "end"), Size with { Columns = 12 });

        Assert.StartsWith($"\u001b[?2026h\u001b[?25l\u001b[?7l{up}\r\u001b[J", sent, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Wrapped(string line) => line.Chunk(Size.Columns).Select(part => new string(part));

    private static DrawnLine[] Drawn(params string[] lines) => [.. lines.Select(line => new DrawnLine(line, line.Length))];
}
