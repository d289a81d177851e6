using Planlane.Support;
using Planlane.Testing;

namespace Planlane.CommandLine;

/// <summary><c>planlane map</c> as a process, without any key.</summary>
public sealed class MapTests
{
    private static readonly Dictionary<string, string> NoKey = [];

    [Fact]
    public async Task Map_WithoutAKey_ShowsTheRepository()
    {
        using var repository = Sample();

        var result = await PlanlaneProcess.RunAsync(repository.Folder, NoKey, "map");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("AGENTS.md", result.Out, StringComparison.Ordinal);
        Assert.Contains("package.json: says what belongs to a project", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("RANKING", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_WithARequestAsJson_HasRankingAndTokens()
    {
        using var repository = Sample();

        var result = await PlanlaneProcess.RunAsync(repository.Folder, NoKey, "map", "Change the notes on prices", "--json");

        Assert.Equal(["version", "map", "result"], result.Lines.Select(line => line.GetProperty("type").GetString()));
        var map = result.Lines[1];
        var ranking = map.GetProperty("ranking").EnumerateArray().ToList();
        var prices = ranking.Single(file => file.GetProperty("path").GetString() == "docs/prices.md");
        Assert.Equal("text", prices.GetProperty("shown").GetString());
        Assert.True(prices.GetProperty("score").GetDouble() > ranking.Single(file => file.GetProperty("path").GetString() == "docs/hours.md").GetProperty("score").GetDouble());
        Assert.True(map.GetProperty("tokens").GetInt32() > 0);
        Assert.False(map.TryGetProperty("text", out _));
    }

    [Fact]
    public async Task Map_Prompt_IsTheTextAlone()
    {
        using var repository = Sample();

        var result = await PlanlaneProcess.RunAsync(repository.Folder, NoKey, "map", "Change the notes on prices", "--prompt");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("<file path=\"docs/prices.md\">\nAll prices are net.\n</file>", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_UncommittedFile_IsPartOfIt()
    {
        using var repository = Sample();
        repository.Write("docs/taxes.md", "Taxes are added.\n");

        var result = await PlanlaneProcess.RunAsync(repository.Folder, NoKey, "map", "Change the notes on taxes", "--prompt");

        Assert.Contains("<file path=\"docs/taxes.md\">", result.Out, StringComparison.Ordinal);
    }

    private static TempRepository Sample() =>
        TempRepository.With(("AGENTS.md", "Write short notes.\n"), ("package.json", "{ \"name\": \"shop\" }\n"), ("docs/prices.md", "All prices are net.\n"), ("docs/hours.md", "Open at nine.\n"));
}
