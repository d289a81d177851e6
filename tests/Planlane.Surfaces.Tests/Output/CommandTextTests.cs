using System.Diagnostics;
using Planlane.Cli.Output;

namespace Planlane.Output;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("Add auth with JWT", "planlane \"Add auth with JWT\"")]
    [InlineData("Fix", "planlane Fix")]
    [InlineData("Print $HOME", "planlane 'Print $HOME'")]
    [InlineData("Don't print \"x\"", "planlane 'Don'\\''t print \"x\"'")]
    public void Of_ShortRequest_IsQuoted(string goal, string expected) => Assert.Equal(expected, CommandText.Of(new(goal, [], [])));

    [Fact]
    public void Of_RequestWithLists_NamesThemAsFlags() => Assert.Equal(
        "planlane \"Add auth\" --require \"use Zod\" --agents types",
        CommandText.Of(new("Add auth", ["use Zod"], ["types"])));

    [Fact]
    public void Of_LongRequest_IsAFile()
    {
        Assert.Equal("planlane --request FILE", CommandText.Of(new("Add auth\nand more", [], [])));
        Assert.Equal("planlane --request FILE", CommandText.Of(new(new string('a', 300), [], [])));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("two  words")]
    [InlineData("a'b \"c\" $(id) `id` \\ ! * ~ # ;&|<>")]
    [InlineData("-x")]
    [InlineData("ünï 日本")]
    [InlineData("'")]
    [InlineData("")]
    public void Quoted_AnyText_IsOneWordOfAShell(string text)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s|' {CommandText.Quoted(text)}"]) { RedirectStandardOutput = true })!;

        Assert.Equal(text + "|", shell.StandardOutput.ReadToEnd());
        shell.WaitForExit();
    }
}
