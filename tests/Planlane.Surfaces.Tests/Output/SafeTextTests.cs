using System.Text.Json;
using Planlane.Cli.Output;

namespace Planlane.Output;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("\u001b]52;c;cm0gLXJmIC8=\u0007", "\uFFFD]52;c;cm0gLXJmIC8=\uFFFD")]
    [InlineData("a\u001b[2J\u001b[31mred\u001b[0m", "a\uFFFD[2J\uFFFD[31mred\uFFFD[0m")]
    [InlineData("\u009b2Jx\u0090y", "\uFFFD2Jx\uFFFDy")]
    [InlineData("user\u202Etxt.exe", "user\uFFFDtxt.exe")]
    [InlineData("\u2066a\u2069 \u200E\u200F\u061C", "\uFFFDa\uFFFD \uFFFD\uFFFD\uFFFD")]
    [InlineData("ad\u200Bmin a\u00ADb \uFEFFc \u2060d \u200Ce", "ad\uFFFDmin a\uFFFDb \uFFFDc \uFFFDd \uFFFDe")]
    [InlineData("a\u200Db", "a\uFFFDb")]
    [InlineData("hidden\U000E0041\U000E0042", "hidden\uFFFD\uFFFD")]
    [InlineData("a\u3164b\u115F", "a\uFFFDb\uFFFD")]
    [InlineData("one\rtwo\r\nthree\u2028four\u0085five\tsix", "one\ntwo\nthree\nfour\nfive six")]
    [InlineData("bell\a null\0 back\b", "bell\uFFFD null\uFFFD back\uFFFD")]
    public void Of_WhatSteersATerminalOrHides_IsTakenOut(string text, string shown) => Assert.Equal(shown, SafeText.Of(text));

    [Theory]
    [InlineData("plain text\nand more")]
    [InlineData("naïve Größe 日本語 עברית العربية")]
    [InlineData("👩\u200D💻 ⚠️ ✅ 🏳️\u200D🌈 📝")]
    public void Of_WhatPeopleWrite_IsKept(string text) => Assert.Equal(text, SafeText.Of(text));

    [Fact]
    public void JsonLines_TextThatSteersATerminal_IsEscapedAndReadsTheSame()
    {
        const string Hostile = "\u001b]52;c;eA==\a \u009b2J user\u202Etxt.exe a\u200Bb \U000E0041 👩\u200D💻 é";
        var writer = new StringWriter();

        new JsonLines(writer).Write(new { type = "x", path = Hostile });

        var line = writer.ToString().Split('\n')[1];
        Assert.DoesNotContain(line.EnumerateRunes(), rune => System.Text.Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format);
        Assert.Equal(Hostile, JsonDocument.Parse(line).RootElement.GetProperty("path").GetString());
    }
}
