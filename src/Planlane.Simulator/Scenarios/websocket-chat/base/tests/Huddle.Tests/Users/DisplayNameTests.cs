using Huddle.Users;

namespace Huddle.Tests.Users;

public sealed class DisplayNameTests
{
    [Fact]
    public void Parse_SurroundingSpaces_AreTrimmed() =>
        Assert.Equal("Ada L", DisplayName.Parse(" Ada L ").Value);

    [Fact]
    public void TryParse_ControlCharacters_AreRefused() =>
        Assert.False(DisplayName.TryParse("Ada\u0007", null, out _));
}
