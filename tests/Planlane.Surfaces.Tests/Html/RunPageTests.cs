using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Planlane.Agents;
using Planlane.Approval;
using Planlane.Cli.Html;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Summary;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.Html;

public sealed partial class RunPageTests
{
    // What would break out of each place in which a text can stand.
    private const string Hostile = "</script></style></title></pre>--><script>alert(1)</script><img src=x onerror=alert(1)>\" onmouseover=\"alert(1)\" x='\u001b[31m\u202Egnp\u200B\u0000 &lt;b&gt; ]]>";

    private static readonly AgentDiff[] Diffs =
    [
        new(new("Haiku-2"), new("a3f9b210000000000000000000000000000000000"), FileDiff.Read("diff --git a/auth/jwt.ts b/auth/jwt.ts\nindex 1..2 100644\n--- a/auth/jwt.ts\n+++ b/auth/jwt.ts\n@@ -3,2 +3,3 @@ sign\n keep\n-old\n+new\n+\tindented", 500)),
        new(new("Haiku-5"), null, []) { Missing = "The object 3333 is not in the repository." },
    ];

    [Fact]
    public void RunPage_Landed_IsAsApproved() => Snapshot.Match(PageSource.WithoutSheet(Hash().Replace(PageSource.Page(AuthRun.Reviewable().Landed(), null, Diffs), "sha256-…")));

    [Fact]
    public void RunPage_RunAtAnyPoint_IsWhole()
    {
        foreach (var run in new[]
        {
            SampleRun.Started(),
            AuthRun.Planned(),
            AuthRun.Planned().Then(new PlanDecided(new PlanDecision.Rejected(), "user")),
            AuthRun.Planned().Approved().Begun("jwt"),
            AuthRun.Worked(),
            AuthRun.Worked().Combined(AuthRun.BrokenBuild),
            AuthRun.Reviewable().After(50_000).Then(new ReviewDecided(new ReviewDecision.ChangesRequested([new(new TaskId("jwt"), "Rename it")]), "user")),
            SampleRun.Started().Then(new StepBegun(new("plan:1")), new StepFailed(new("plan:1"), FaultKind.Usage, "The key was refused.", null)),
        })
            Assert.Contains(PageSource.Tags(PageSource.Page(run)), tag => tag.Name == "footer");
    }

    [Fact]
    public void RunPage_HostileTexts_AreOnlyText()
    {
        var page = PageSource.Page(HostileRun(), null, new AgentDiff(new("Haiku-1"), null, [new FileDiff(Hostile, 1, 0, [Hostile, $"+{Hostile}", $"@@ -1 +1 @@ {Hostile}"], 0)]) { Missing = Hostile });

        var tags = PageSource.Tags(page);
        Assert.DoesNotContain(tags, tag => tag.Name is "script" or "img" or "iframe" or "object" or "link" or "base" or "form" or "input");
        Assert.DoesNotContain(tags.SelectMany(tag => tag.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name is "style" or "src" or "srcdoc" or "action");
        Assert.All(tags.SelectMany(tag => tag.Attributes).Where(attribute => attribute.Name == "href"), attribute => Assert.Matches("^#[a-z0-9-]+$", attribute.Value));
        Assert.DoesNotContain(page, letter => (char.IsControl(letter) && letter != '\n') || letter is '\u202E' or '\u200B');
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("&amp;lt;b&amp;gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void RunPage_Anything_RefersToNothingOutside()
    {
        var tags = PageSource.Tags(PageSource.Page(AuthRun.Reviewable().Landed(), null, Diffs));

        Assert.DoesNotContain("url(", PageSource.SheetOf(PageSource.Page(AuthRun.Planned())), StringComparison.Ordinal);
        Assert.DoesNotContain("@import", PageSource.SheetOf(PageSource.Page(AuthRun.Planned())), StringComparison.Ordinal);
        Assert.DoesNotContain(tags.SelectMany(tag => tag.Attributes), attribute => attribute.Value.Contains("//", StringComparison.Ordinal));
        var ids = tags.SelectMany(tag => tag.Attributes).Where(attribute => attribute.Name == "id").Select(attribute => attribute.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(tags.SelectMany(tag => tag.Attributes).Where(attribute => attribute.Name == "href"), attribute => Assert.Contains(attribute.Value[1..], ids));
    }

    [Fact]
    public void RunPage_Policy_AllowsItsOwnSheetAndNothingElse()
    {
        var page = PageSource.Page(AuthRun.Planned());
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(PageSource.SheetOf(page))));

        var policy = PageSource.Tags(page).Single(tag => tag.Attributes.Contains(("http-equiv", "Content-Security-Policy"))).Attributes[1].Value;

        Assert.Equal($"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'", System.Net.WebUtility.HtmlDecode(policy));
    }

    [Fact]
    public void RunPage_Secrets_AreMasked()
    {
        const string Key = "sk-ant-api03-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-AAAAAAAA";
        var run = SampleRun.Started(request: new($"Use {Key} and hunter2hunter2", [], [])).Planned(AuthRun.Plan).Approved();

        var page = PageSource.Page(run, new SecretMask(["hunter2hunter2"]), new AgentDiff(new("Haiku-1"), null, [new FileDiff("a.env", 1, 0, [$"+KEY={Key}", "+PASSWORD=hunter2hunter2"], 0)]));

        Assert.DoesNotContain("AAAAAAAAAAAA", page, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2hunter2", page, StringComparison.Ordinal);
        Assert.Contains("+KEY=[masked secret]", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("script")]
    [InlineData("iframe")]
    [InlineData("p onclick")]
    public void HtmlWriter_ElementThatNoPageHas_IsRefused(string name) => Assert.Throws<ArgumentException>(() => new HtmlWriter(TextWriter.Null, SecretMask.Shapes).In(name));

    [Theory]
    [InlineData("onclick")]
    [InlineData("href")]
    [InlineData("style")]
    public void HtmlWriter_AttributeThatNoPageHas_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => new HtmlWriter(TextWriter.Null, SecretMask.Shapes).Element("p", "text", (name, "x")));

    private static SampleRun HostileRun()
    {
        var task = AuthRun.Task("types", Hostile, "auth/types.ts", [], 900, Hostile);
        var plan = AuthRun.Plan with { Suitability = new(true, Hostile), Stages = [Hostile], Tasks = [task], Contracts = [new(new($"a/{Hostile}"), Hostile)] };
        var run = SampleRun.Started(request: new RunRequest(Hostile, [Hostile], [Hostile])).Planned(plan).Approved();
        run.Begun("types").Turn("types", [SampleRun.Finish("done")], []);
        run.Ended("types", new AttemptOutcome.Incomplete(Hostile, new AgentWords(Hostile, Hostile)), AuthRun.Created(Hostile, 1));
        return run.Combined(AuthRun.BrokenBuild with { Name = Hostile, Command = Hostile, Output = Hostile, Diagnostics = [new(null, Hostile)] }).Then(new PlanDecided(new PlanDecision.Revise(Hostile), Hostile));
    }

    [GeneratedRegex("sha256-[A-Za-z0-9+/=]+")]
    private static partial Regex Hash();
}
