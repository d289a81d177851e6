using System.Text.RegularExpressions;
using Planlane.Cli.Settings;
using Planlane.Support;
using Planlane.Testing;

namespace Planlane.CommandLine;

public sealed partial class SettingsTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task Init_Twice_WritesOnceAndNeverOver()
    {
        using var repository = TempRepository.With(("src/a.txt", "a"));

        var first = await PlanlaneProcess.RunAsync(Path.Combine(repository.Folder, "src"), Nothing, "init");
        var written = repository.Read(".planlane/config.json");
        repository.Write(".planlane/config.json", written + "// mine\n");
        var second = await PlanlaneProcess.RunAsync(repository.Folder, Nothing, "init");

        Assert.Equal((0, 2), (first.ExitCode, second.ExitCode));
        Assert.EndsWith("// mine\n", repository.Read(".planlane/config.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_FreshFile_IsValid()
    {
        using var repository = TempRepository.With();
        await PlanlaneProcess.RunAsync(repository.Folder, Nothing, "init");

        var result = await PlanlaneProcess.RunAsync(repository.Folder, Nothing, "doctor");

        Assert.Contains("planner claude-sonnet-4-5, agents claude-haiku-4-5, 8 slots, no budget", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_EveryExampleOfTheFreshFile_IsValid()
    {
        using var repository = TempRepository.With();
        await PlanlaneProcess.RunAsync(repository.Folder, Nothing, "init");
        repository.Write(".planlane/config.json", Example().Replace(repository.Read(".planlane/config.json"), "  "));

        var settings = SettingsSources.OfFile(Path.Combine(repository.Folder, ".planlane/config.json"));

        Assert.Equal(["npm ci"], settings.Workspace.Setup!);
        Assert.Equal((8, 24, 20, 2), (settings.Slots, settings.MaxAgents, settings.MaxTurns, settings.Checks!.Count));
    }

    [Fact]
    public async Task Settings_EnvironmentOverRepositoryOverUser_AreMerged()
    {
        using var repository = TempRepository.With();
        repository.Write(".planlane/config.json", """{ "slots": 3, "agentModel": "claude-opus-4-5", /* why not */ "budget": 2.5, }""");
        repository.Write(".git/user/planlane/config.json", """{ "slots": 5, "plannerModel": "claude-opus-4-5" }""");

        var result = await PlanlaneProcess.RunAsync(
            repository.Folder,
            new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = Path.Combine(repository.Folder, ".git", "user"), ["PLANLANE_AGENT_MODEL"] = "claude-haiku-4-5" },
            "doctor");

        Assert.Contains("planner claude-opus-4-5, agents claude-haiku-4-5, 3 slots, budget $2.50", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "apiKey": "sk-secret" }""", "keys are never read from a file")]
    [InlineData("""{ "slotz": 3 }""", "\"slotz\"")]
    [InlineData("""{ "slots": 0 }""", "is '0'. It is a whole number from 1 to 1000.")]
    [InlineData("""{ "budget": "much" }""", "is 'much'. A budget is an amount in US dollars above 0")]
    [InlineData("[", "cannot be read")]
    public async Task Settings_BadFile_SaysWhatIsWrong(string file, string message)
    {
        using var repository = TempRepository.With();
        repository.Write(".planlane/config.json", file);

        var result = await PlanlaneProcess.RunAsync(repository.Folder, new Dictionary<string, string> { ["ANTHROPIC_API_KEY"] = "any" }, "Add a login with tests");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_KeyPresent_NeverShowsIt()
    {
        using var repository = TempRepository.With();

        var result = await PlanlaneProcess.RunAsync(repository.Folder, new Dictionary<string, string> { ["ANTHROPIC_API_KEY"] = "sk-very-secret" }, "doctor", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("very-secret", result.Out + result.Error, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"sandbox\"", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_InARepository_SaysWhichWorkspacesItGets()
    {
        using var repository = TempRepository.With(("a.txt", "a\n"));

        var found = await PlanlaneProcess.RunAsync(repository.Folder, Nothing, "doctor");
        var open = await PlanlaneProcess.RunAsync(repository.Folder, new Dictionary<string, string> { ["PLANLANE_NO_SANDBOX"] = "1" }, "doctor");

        Assert.Matches(@"\n(ok|note)\s+workspaces\s+(layers over one frozen copy|folders of hard links|whole copies)", found.Out);
        Assert.Matches(@"\nnote\s+workspaces\s+(folders of hard links|whole copies).*\.\s+No\s+overlay\s+can\s+be\s+mounted:\s+commands\s+run\s+without\s+a\s+sandbox", open.Out);
        Assert.Contains("turned off by your settings", open.Out, StringComparison.Ordinal);
        Assert.Equal("", repository.Git("status", "--porcelain"));
    }

    // A member that is commented out, or a line within one; other comments begin with a word.
    [GeneratedRegex("""^  // (?=  "|"|})""", RegexOptions.Multiline)]
    private static partial Regex Example();
}
