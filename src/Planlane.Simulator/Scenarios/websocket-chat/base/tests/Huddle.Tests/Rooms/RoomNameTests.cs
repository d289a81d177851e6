using Huddle.Rooms;

namespace Huddle.Tests.Rooms;

public sealed class RoomNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("General")]
    [InlineData("two words")]
    [InlineData("a-name-that-is-longer-than-allowed")]
    public void TryParse_TextOutsideTheRules_IsRefused(string text) =>
        Assert.False(RoomName.TryParse(text, null, out _));
}
