using Planlane.Testing;

namespace Planlane.Tools;

public sealed class EditFileToolTests
{
    private const string Code = "class Clock\n{\n    public int Hours { get; set; }\n\n    public int Minutes { get; set; }\n\n    public void Tick()\n    {\n        Minutes++;\n    }\n}\n";

    [Fact]
    public async Task Edits_AllFit_AreMadeInTheirOrder()
    {
        await using var bench = await BenchAsync();

        var result = await EditAsync(bench, ("Minutes++;", "Minutes += Step;"), ("Minutes += Step;\n    }", "Minutes += Step;\n        Carry();\n    }"), ("class Clock", "sealed class Clock"));

        Assert.Equal(("Changed src/clock.cs in 3 places.", false), (result.Text, result.IsError));
        Assert.Equal(Code.Replace("Minutes++;", "Minutes += Step;\n        Carry();").Replace("class Clock", "sealed class Clock"), await bench.ReadAsync("src/clock.cs"));
    }

    [Fact]
    public async Task Edits_OneMisses_NoneIsMadeAndTheNearestLinesAreShown()
    {
        await using var bench = await BenchAsync();

        var result = await EditAsync(bench, ("class Clock", "sealed class Clock"), ("    public void Tick()\n    {\n        Minutes += 1;\n    }", "x"));

        Assert.True(result.IsError);
        Assert.Equal(
            """
            Edit 2 of 2 does not fit, so none was made. old_text does not occur in 'src/clock.cs'. Here it resembles most (lines 7-10):
                4| 
                5|     public int Minutes { get; set; }
                6| 
                7|     public void Tick()
                8|     {
                9|         Minutes++;
               10|     }
               11| }
            """.ReplaceLineEndings("\n"),
            result.Text);
        Assert.Equal(Code, await bench.ReadAsync("src/clock.cs"));
    }

    [Fact]
    public async Task Edit_OnlyWhiteSpaceDiffers_SaysSo()
    {
        await using var bench = await BenchAsync();

        var result = await EditAsync(bench, ("public void Tick()\n{\n\tMinutes++;\n}", "x"));

        Assert.Contains("Here only white space differs (lines 7-10):", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_NothingResembles_ShowsTheShortFile()
    {
        await using var bench = await BenchAsync();

        var result = await EditAsync(bench, ("SELECT name FROM customers WHERE id = 7", "x"));

        Assert.Contains("nothing there resembles it. The file:\n    1| class Clock\n", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_SeveralMatches_AreNamedByTheirLines()
    {
        await using var bench = await BenchAsync();

        var result = await EditAsync(bench, ("{ get; set; }", "{ get; }"));

        Assert.Equal(
            "old_text occurs 2 times in 'src/clock.cs', at the lines 3, 5. Take more lines around the place so that it is unique.",
            result.Text);
        Assert.True(result.IsError);
    }

    [Fact]
    public async Task Edit_FileWithCarriageReturns_KeepsThem()
    {
        await using var bench = await ToolBench.OnAsync(TempRepository.With(("src/clock.cs", "one\r\ntwo\r\nthree\r\n")), "src/clock.cs");

        await EditAsync(bench, ("one\ntwo", "1\n2"));

        Assert.Equal("1\r\n2\r\nthree\r\n", await bench.ReadAsync("src/clock.cs"));
    }

    [Theory]
    [InlineData("""{"path":"src/clock.cs"}""")]
    [InlineData("""{"path":"src/clock.cs","edits":[]}""")]
    [InlineData("""{"path":"src/clock.cs","edits":["a"]}""")]
    [InlineData("""{"path":"src/clock.cs","edits":[{"old_text":"","new_text":"b"}]}""")]
    [InlineData("""{"edits":[{"old_text":"a","new_text":"b"}]}""")]
    [InlineData("[]")]
    public async Task Edit_ArgumentsThatLack_AreRefusedWithWhatIsNeeded(string input)
    {
        await using var bench = await BenchAsync();

        var result = await bench.CallAsync("edit_file", System.Text.Json.JsonDocument.Parse(input).RootElement);

        Assert.Equal(("The call lacks path or edits (each with an old_text, not empty, and a new_text). Call it again with all arguments.", true), (result.Text, result.IsError));
    }

    [Fact]
    public async Task Edit_NoSuchFile_SaysHowToWriteIt()
    {
        await using var bench = await BenchAsync();

        var result = await bench.CallAsync("edit_file", new { path = "src/other.cs", edits = new[] { new { old_text = "a", new_text = "b" } } });

        Assert.Equal("'src/other.cs' does not exist. Write it with write_file.", result.Text);
    }

    private static Task<ToolBench> BenchAsync() => ToolBench.OnAsync(TempRepository.With(("src/clock.cs", Code)), "src/clock.cs");

    private static Task<Agents.ToolResult> EditAsync(ToolBench bench, params (string Old, string New)[] edits) =>
        bench.CallAsync("edit_file", new { path = "src/clock.cs", edits = edits.Select(edit => new { old_text = edit.Old, new_text = edit.New }) });
}
