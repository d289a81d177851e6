using Microsoft.Extensions.Time.Testing;
using Planlane.Budgets;
using Planlane.Simulator.Caching;
using Planlane.Values;

namespace Planlane.Simulator;

/// <summary>The rules and the worked examples of the vendor's page on prompt caching.</summary>
public sealed class PromptCacheTests
{
    private const int TokensOfBlock = 100;
    private static readonly ModelId Sonnet = new("claude-sonnet-4-5-20250929");
    private readonly FakeTimeProvider _time = new();
    private readonly PromptCache _cache;

    public PromptCacheTests() => _cache = new PromptCache(_time);

    [Fact]
    public void Breakpoint_FirstUse_WritesUpToItAndLeavesTheRestAsInput() =>
        Assert.Equal(new Usage(200, 0, 0, 2000), Send(Of(22, 19)));

    [Fact]
    public void Breakpoint_SecondUse_ReadsUpToIt()
    {
        Send(Of(22, 19));

        Assert.Equal(new Usage(200, 0, 2000, 0), Send(Of(22, 19)));
    }

    [Fact]
    public void LookBack_WriteAtBlock15AndBreakpointAt35_MissesByOne()
    {
        Send(Of(15, 14));

        Assert.Equal(new Usage(0, 0, 0, 3500), Send(Of(35, 34)));
    }

    [Fact]
    public void LookBack_WriteAtBlock16AndBreakpointAt35_Hits()
    {
        Send(Of(16, 15));

        Assert.Equal(new Usage(0, 0, 1600, 1900), Send(Of(35, 34)));
    }

    [Fact]
    public void LookBack_AnotherBreakpointBetween_ResumesThere()
    {
        Send(Of(15, 14));

        Assert.Equal(new Usage(0, 0, 1500, 2000), Send(Of(35, 20, 34)));
    }

    [Fact]
    public void Write_OnlyAtBreakpoints_AShorterPrefixIsNotFound()
    {
        Send(Of(20, 19));

        Assert.Equal(new Usage(0, 0, 0, 1900), Send(Of(19, 18)));
    }

    [Fact]
    public void Conversation_GrownByTwoBlocks_ReadsTheOldPartAndWritesTheNew()
    {
        Send(Of(20, 19));

        Assert.Equal(new Usage(0, 0, 2000, 200), Send(Of(22, 21)));
        Assert.Equal(new Usage(0, 0, 2200, 300), Send(Of(25, 24)));
    }

    [Fact]
    public void Change_BeforeTheBreakpoint_Misses()
    {
        Send(Of(20, 19));
        var blocks = Blocks(20, 19);
        blocks[3] = blocks[3] with { Content = Text(999) };

        Assert.Equal(new Usage(0, 0, 0, 2000), Send(new Prompt(Sonnet, 1024, blocks)));
    }

    [Fact]
    public void Change_AfterTheFirstBreakpoint_ReadsUpToIt()
    {
        Send(Of(20, 11, 19));
        var blocks = Blocks(20, 11, 19);
        blocks[15] = blocks[15] with { Content = Text(999) };

        Assert.Equal(new Usage(0, 0, 1200, 800), Send(new Prompt(Sonnet, 1024, blocks)));
    }

    [Fact]
    public void Prefix_BelowTheMinimum_IsSilentlyNotCached()
    {
        Assert.Equal(new Usage(1100, 0, 0, 0), Send(Of(11, 9)));
        Assert.Equal(new Usage(1100, 0, 0, 0), Send(Of(11, 9)));
        Assert.Equal(new Usage(0, 0, 0, 1100), Send(Of(11, 10)));
    }

    [Fact]
    public void Minimum_OfHaiku_IsItsOwn()
    {
        var prompt = new Prompt(new("claude-haiku-4-5-20251001"), 4096, Blocks(40, 39));

        Assert.Equal(new Usage(4000, 0, 0, 0), Send(prompt));
    }

    [Fact]
    public void Models_OfTheSamePrompt_DoNotShare()
    {
        Send(Of(20, 19));

        Assert.Equal(new Usage(0, 0, 0, 2000), Send(new Prompt(new("claude-haiku-5-5"), 512, Blocks(20, 19))));
    }

    [Fact]
    public void Entry_BeforeTheFirstByteOfItsResponse_CannotBeRead()
    {
        var first = _cache.Look(Of(20, 19));
        var second = _cache.Look(Of(20, 19));
        _cache.Write(first);
        var third = _cache.Look(Of(20, 19));

        Assert.Equal(
            [new(0, 0, 0, 2000), new(0, 0, 0, 2000), new(0, 0, 2000, 0)],
            new[] { first.Usage, second.Usage, third.Usage });
    }

    [Fact]
    public void Entry_UsedWithinFiveMinutes_IsRenewed()
    {
        Send(Of(20, 19));
        _time.Advance(TimeSpan.FromMinutes(4));
        Send(Of(20, 19));
        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(new Usage(0, 0, 2000, 0), Send(Of(20, 19)));
    }

    [Fact]
    public void Entry_UnusedForFiveMinutes_Dies()
    {
        Send(Of(20, 19));
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(new Usage(0, 0, 0, 2000), Send(Of(20, 19)));
    }

    [Fact]
    public void Lifetimes_Mixed_AreBilledApartAndDieApart()
    {
        var blocks = Blocks(20, 11, 19);
        blocks[11] = blocks[11] with { Breakpoint = CacheLifetime.OneHour };
        var prompt = new Prompt(Sonnet, 1024, blocks);

        Assert.Equal(new Usage(0, 0, 0, 800, 1200), Send(prompt));
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(new Usage(0, 0, 1200, 800), Send(prompt));
    }

    [Fact]
    public void Prompt_WithoutBreakpoints_IsAllInput() => Assert.Equal(new Usage(3000, 0, 0, 0), Send(Of(30)));

    private Usage Send(Prompt prompt)
    {
        var use = _cache.Look(prompt);
        _cache.Write(use);
        return use.Usage;
    }

    private static Prompt Of(int blocks, params int[] breakpoints) => new(Sonnet, 1024, Blocks(blocks, breakpoints));

    private static PromptBlock[] Blocks(int blocks, params int[] breakpoints) =>
        [.. Enumerable.Range(0, blocks).Select(at => new PromptBlock("user", Text(at), breakpoints.Contains(at) ? CacheLifetime.FiveMinutes : null))];

    private static string Text(int at) => $"{at}".PadRight((int)(TokensOfBlock * TokenCount.BytesPerToken), '.');
}
