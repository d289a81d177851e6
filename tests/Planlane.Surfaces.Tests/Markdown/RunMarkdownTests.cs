using Planlane.Agents;
using Planlane.Cli.Markdown;
using Planlane.Reports;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.Markdown;

public sealed class RunMarkdownTests
{
    private const string Hostile = "ok\n\n# Heading\n- item\n```\nfenced\n```\n> quote @owner closes #12 <script> [x](http://evil.example) ![i](//e) | a | \u202E `code` ***b***";

    [Fact]
    public void RunMarkdown_Landed_IsAsApproved() => Snapshot.Match(RunMarkdown.Of(AuthRun.Reviewable().Landed().State, SecretMask.Shapes));

    [Fact]
    public void RunMarkdown_NotLanded_SaysSoFirst() => Assert.Contains(
        "\nNothing was committed: the run is waits:<!-- --> review",
        RunMarkdown.Of(AuthRun.Reviewable().State, SecretMask.Shapes),
        StringComparison.Ordinal);

    [Fact]
    public void RunMarkdown_HostileTexts_StayInTheirLines()
    {
        var markdown = RunMarkdown.Of(HostileRun(Hostile).State, SecretMask.Shapes);
        var harmless = RunMarkdown.Of(HostileRun("ok").State, SecretMask.Shapes);

        // The same lines of the same kinds, however long.
        Assert.Equal(harmless.Split('\n').Select(KindOf), markdown.Split('\n').Select(KindOf));
        Assert.DoesNotContain("@owner", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("#12", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", markdown.Replace("\\<script\\>", "", StringComparison.Ordinal).Replace("`ok", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', markdown);
    }

    [Theory]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`a", "`` `a ``")]
    [InlineData("a|b", @"`a\|b`")]
    [InlineData("a\nb", @"`a\nb`")]
    public void Code_MarksWithin_AreFenced(string text, string expected) => Assert.Equal(expected, new MarkdownText(SecretMask.Shapes).Code(text));

    [Theory]
    [InlineData("- item", @"\- item")]
    [InlineData("12. item", @"12\. item")]
    [InlineData("a - b 1. c", "a - b 1. c")]
    [InlineData("see www.example.com", "see www<!-- -->.example.com")]
    [InlineData("https://example.com", "https:<!-- -->//example.com")]
    [InlineData("**a** <b> [c](d)", @"\*\*a\*\* \<b\> \[c\](d)")]
    public void Words_MarksWithin_AreWords(string text, string expected) => Assert.Equal(expected, new MarkdownText(SecretMask.Shapes).Words(text));

    [Fact]
    public void Block_FenceWithin_GetsALongerFence() => Assert.Equal("````sh\na\n```\n````\n", new MarkdownText(SecretMask.Shapes).Block("sh", ["a\n```"]));

    [Fact]
    public void Words_Secrets_AreMasked() => Assert.Equal(@"uses \[masked secret\]", new MarkdownText(new SecretMask(["hunter2hunter2"])).Words("uses hunter2hunter2"));

    private static string KindOf(string line) => line.Length == 0 ? "" : new string([.. line.TakeWhile(letter => letter is '#' or '-' or ' ' or '>' or '|' or '`')]);

    private static SampleRun HostileRun(string text)
    {
        var task = AuthRun.Task("types", text.Split('\n')[0], "auth/types.ts", [], 900, text);
        var run = SampleRun.Started(request: new("Add types", [text], [text])).Planned(AuthRun.Plan with { Tasks = [task with { Acceptance = [text] }] }).Approved();
        run.Begun("types").Turn("types", [SampleRun.Finish("done")], [], new FileChange(new("auth/types.ts"), SampleRun.Blob(new("auth/types.ts"))));
        run.Ended("types", new AttemptOutcome.Completed(new AgentWords(text, text)), AuthRun.Created("auth/types.ts", 1));
        return run.Combined(AuthRun.Build with { Name = text }, AuthRun.Tests).Landed();
    }
}
