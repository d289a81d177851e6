using CsCheck;

namespace Planlane.Values;

public sealed class UnseenTextTests
{
    [Theory]
    [InlineData("plain text\nof\ttwo lines – ü", "plain text\nof\ttwo lines – ü")]
    [InlineData("a\u202Eb\u200Bc\u001B[31m", "a\\u202Eb\\u200Bc\\u001B[31m")]
    public void Shown_Text_EscapesWhatCannotBeSeen(string text, string expected) => Assert.Equal(expected, UnseenText.Shown(text));

    [Fact]
    public void Shown_AnyText_HasNothingUnseenAndStaysSo() => Gen.String.Sample(text =>
    {
        var shown = UnseenText.Shown(text);
        Assert.DoesNotContain(shown, letter => UnseenText.IsControl(letter) || UnseenText.IsZeroWidth(letter));
        Assert.Equal(shown, UnseenText.Shown(shown));
    });
}
