using System.CommandLine;
using Planlane.Cli.Commands;
using Planlane.Cli.Settings;
using Planlane.Commits;
using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Settings;

public sealed class LandingSettingsTests
{
    [Fact]
    public void Flags_EachForm_IsThePolicy()
    {
        Assert.Equal(LandingPolicy.Default, Policy(""));
        Assert.Equal(new LandingPolicy { Branch = "feature/x", Onto = "main", Form = LandingForm.Squashed, SkipsHooks = true }, Policy("--branch feature/x --onto main --squash --no-verify"));
        Assert.Equal(new LandingPolicy { Form = LandingForm.Staged }, Policy("--no-commit"));
    }

    [Theory]
    [InlineData("--no-commit --squash", "--no-commit and --squash contradict each other")]
    [InlineData("--no-commit --branch x", "--no-commit and --branch contradict each other")]
    [InlineData("--onto x --no-commit", "--no-commit and --onto contradict each other")]
    public void Flags_ThatContradict_AreRefused(string flags, string message) => Assert.StartsWith(message, Assert.Single(Parsed(flags).Parsed.Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void Changed_FlagsOfAResume_ReplaceWhatTheyNameAlone()
    {
        var begun = new LandingPolicy { Branch = "a", SkipsHooks = true, Protected = ["main"] };
        Assert.Null(Layer("").Changed(begun));
        Assert.Equal(begun with { Branch = "b" }, Layer("--branch b").Changed(begun));
    }

    [Fact]
    public void Read_ProtectedBranches_OfBothFilesHold()
    {
        using var repository = TempRepository.With();
        repository.Write(".planlane/config.json", """{ "landing": { "protect": ["main"] } }""");
        repository.Write(".git/user/planlane/config.json", """{ "landing": { "protect": ["release/*", "main"] } }""");
        var layer = SettingsSources.Read(repository.Folder, name => name == "XDG_CONFIG_HOME" ? Path.Combine(repository.Folder, ".git", "user") : null);
        Assert.Equal(["main", "release/*"], layer.Landing.Protected);
    }

    [Theory]
    [InlineData("""{ "landing": [] }""", "\"landing\" in ")]
    [InlineData("""{ "landing": { "protect": "main" } }""", "\"landing.protect\" in ")]
    [InlineData("""{ "landing": { "protect": [""] } }""", "\"landing.protect\" in ")]
    [InlineData("""{ "landing": { "squash": true } }""", "\"landing.squash\" in ")]
    public void OfFile_WrongLanding_IsRefused(string text, string message)
    {
        using var repository = TempRepository.With();
        repository.Write("config.json", text);
        var fault = Assert.Throws<PlanlaneException>(() => SettingsSources.OfFile(Path.Combine(repository.Folder, "config.json")));
        Assert.Equal(FaultKind.Usage, fault.Kind);
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    private static LandingPolicy Policy(string flags) => Layer(flags).Over(LandingPolicy.Default);

    private static LandingLayer Layer(string flags) => Parsed(flags) is var (options, parsed) ? options.Read(parsed) : null!;

    private static (LandingOptions Options, ParseResult Parsed) Parsed(string flags)
    {
        var (options, command) = (new LandingOptions(), new Command("x"));
        options.AddTo(command);
        return (options, command.Parse(flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }
}
