using Huddle.Chat;
using Huddle.Users;

namespace Huddle.Tests.Chat;

public sealed class PresenceTests
{
    private static readonly DisplayName Ada = DisplayName.Parse("Ada");
    private static readonly DisplayName Grace = DisplayName.Parse("Grace");

    private readonly Presence _presence = new();

    [Fact]
    public void Enter_SecondConnection_IsNotAnArrival()
    {
        Assert.True(_presence.Enter(Ada));
        Assert.False(_presence.Enter(Ada));
    }

    [Fact]
    public void Leave_OneOfTwoConnections_KeepsTheMember()
    {
        _presence.Enter(Ada);
        _presence.Enter(Ada);

        Assert.False(_presence.Leave(Ada));
        Assert.Equal(["Ada"], _presence.Members);
        Assert.True(_presence.Leave(Ada));
        Assert.Empty(_presence.Members);
    }

    [Fact]
    public void Enter_SameNameInOtherCase_IsTheSameMember()
    {
        _presence.Enter(Ada);

        Assert.False(_presence.Enter(DisplayName.Parse("ADA")));
        Assert.Equal(["Ada"], _presence.Members);
    }

    [Fact]
    public void Members_SeveralMembers_AreSorted()
    {
        _presence.Enter(Grace);
        _presence.Enter(Ada);

        Assert.Equal(["Ada", "Grace"], _presence.Members);
    }

    [Fact]
    public void Leave_AbsentMember_ChangesNothing() =>
        Assert.False(_presence.Leave(Grace));
}
