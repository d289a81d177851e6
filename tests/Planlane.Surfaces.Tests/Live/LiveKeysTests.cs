using Planlane.Cli.Live;
using Planlane.Cli.Output;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.Live;

public sealed class LiveKeysTests
{
    [Theory]
    [InlineData("p", "p")]
    [InlineData("\u001b[A\u001b[B", "up down")]
    [InlineData("\u001bOAx", "up x")]
    [InlineData("\u001b", "escape")]
    [InlineData("\u001b[1;5B\r+", "down enter +")]
    [InlineData("\u001b[3~q", "q")]
    public void KeysIn_WhatTerminalsSend_AreTheKeys(string typed, string keys) => Assert.Equal(keys.Split(' '), TerminalKeys.KeysIn(typed));

    [Fact]
    public void Press_ArrowsAndSpace_SelectAndPeek()
    {
        var scene = Scene();
        var keys = new LiveKeys(new ReplayControls(new ReplayPace(TimeProvider.System, 1), () => { }));

        Assert.Equal(((TaskId?)new TaskId("types"), true), Pressed(keys, scene, "down", "down", "up", " "));
        Assert.Equal(((TaskId?)new TaskId("jwt"), true), Pressed(keys, scene, "down"));
        Assert.Equal(((TaskId?)new TaskId("jwt"), false), Pressed(keys, scene, "escape"));
        Assert.Equal(((TaskId?)null, false), Pressed(keys, scene, "escape"));
        Assert.Equal(((TaskId?)new TaskId("tests"), false), Pressed(keys, scene, "up"));
    }

    [Fact]
    public void Press_Replay_StopsAndSteersNothingButItself()
    {
        var (scene, ended) = (Scene(), 0);
        var keys = new LiveKeys(new ReplayControls(new ReplayPace(TimeProvider.System, 1), () => ended++));

        Pressed(keys, scene, "down", "x", "y", "+", "-", "q");

        Assert.Equal(1, ended);
        Assert.Null(keys.Of(scene).Message);
    }

    private static (TaskId? Selected, bool IsPeeking) Pressed(LiveKeys keys, LiveScene scene, params string[] pressed)
    {
        foreach (var key in pressed)
            keys.Press(key, keys.Of(scene));
        return (keys.Of(scene).Selected, keys.Of(scene).IsPeeking);
    }

    private static LiveScene Scene()
    {
        var state = AuthRun.Planned().Approved().Begun("types").Begun("jwt").State;
        return new LiveScene(state, new ActivityBoard(), state.LastAt, new TerminalSize(80, 24), Glyphs.Fancy);
    }
}
