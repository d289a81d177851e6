using Planlane.Support;

namespace Planlane.CommandLine;

/// <summary>The forms of a run by the real program, on a real repository.</summary>
public sealed class ShowFormTests
{
    [Fact]
    public async Task Show_LandedRun_IsAPageMarkdownAndData()
    {
        await using var simulated = await SimulatedRepository.StartAsync(SimulatedRepository.WithoutBuilds);
        Assert.Equal(0, (await simulated.RunAsync(simulated.Request, "--auto-approve", "all")).ExitCode);
        var before = simulated.Repository.Git("rev-parse", "HEAD");

        var saved = await simulated.RunAsync("show", "--html", "page.html");
        var printed = await simulated.RunAsync("show", "--html", "-");
        var markdown = await simulated.RunAsync("show", "--markdown");
        var data = await simulated.RunAsync("show", "--json");

        Assert.Equal((0, 0, 0, 0), (saved.ExitCode, printed.ExitCode, markdown.ExitCode, data.ExitCode));
        Assert.Contains("page.html", saved.Out, StringComparison.Ordinal);
        Assert.Equal(simulated.Repository.Read("page.html").TrimEnd(), printed.Out.TrimEnd());
        Assert.Contains("+using System.Security.Cryptography;", printed.Out, StringComparison.Ordinal);
        Assert.StartsWith($"# {simulated.Request}\n", markdown.Out, StringComparison.Ordinal);
        Assert.Contains($"Changed in commit {before[..7]}", printed.Out, StringComparison.Ordinal);
        var run = data.Lines.Single(line => line.GetProperty("type").GetString() == "run");
        Assert.Equal(["plan.decided", "review.decided"], run.GetProperty("decisions").EnumerateArray().Select(decision => decision.GetProperty("event").GetProperty("type").GetString()));
        Assert.Contains(run.GetProperty("timeline").GetProperty("spans").EnumerateArray(), span => span.GetProperty("kind").GetString() == "landing");
        Assert.All(run.GetProperty("agents").EnumerateArray(), agent => Assert.NotEmpty(agent.GetProperty("changes").GetProperty("files").EnumerateArray()));
    }

    [Theory]
    [InlineData("show", "--html", "7f3c2a")]
    [InlineData("show", "--html", "--markdown")]
    [InlineData("show", "x", "Haiku-1", "--markdown")]
    [InlineData("show", "--costs", "--markdown")]
    public async Task Show_FormsThatDoNotGoTogether_AreRefused(params string[] arguments)
    {
        await using var simulated = await SimulatedRepository.StartAsync(SimulatedRepository.WithoutBuilds);

        Assert.Equal(2, (await simulated.RunAsync(arguments)).ExitCode);
    }

    [Fact]
    public async Task Request_AfterARunThatLandedNothing_EndsWithSevenAndSaysWhatToDo()
    {
        await using var simulated = await SimulatedRepository.StartAsync(SimulatedRepository.WithoutBuilds);
        var planned = await simulated.RunAsync("plan", simulated.Request, "--json");
        var run = planned.Lines[^1].GetProperty("run").GetString();

        var refused = await simulated.RunAsync("now add rate limiting", "--after", run!);
        var unknown = await simulated.RunAsync("now add rate limiting", "--after", "nobody");

        Assert.Equal((7, 2), (refused.ExitCode, unknown.ExitCode));
        Assert.Contains($"Run {run} has landed nothing yet, so there is nothing to follow.", refused.Error, StringComparison.Ordinal);
    }
}
