using System.CommandLine;
using Planlane.Budgets;
using Planlane.Cli.Commands;
using Planlane.Cli.Settings;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Settings;

public sealed class RunSettingsTests
{
    private const string Sonnet = "claude-sonnet-4-5";
    private const string Haiku = "claude-haiku-4-5";
    private const string Opus = "claude-opus-4-5";

    [Theory]
    [InlineData("", Sonnet, Haiku)]
    [InlineData($"--model {Opus}", Sonnet, Opus)]
    [InlineData($"--model planner={Opus}", Opus, Haiku)]
    [InlineData($"--model planner={Opus},agent={Sonnet}", Opus, Sonnet)]
    [InlineData($"--model planner={Opus} --model agent={Sonnet}", Opus, Sonnet)]
    [InlineData($"--model Planner={Opus} --agent-model {Sonnet}", Opus, Sonnet)]
    [InlineData($"--planner {Opus} --agent-model {Opus}", Opus, Opus)]
    [InlineData("--model claude-haiku-4-5-20251001", Sonnet, Haiku)]
    [InlineData("--single", Sonnet, Sonnet)]
    [InlineData($"--single --model {Haiku}", Sonnet, Haiku)]
    [InlineData($"--single --model planner={Opus}", Opus, Opus)]
    [InlineData($"--force --model agent={Opus}", Sonnet, Opus)]
    public void Build_ModelFlags_NameTheModelOfEachRole(string flags, string planner, string agent)
    {
        var settings = Built(flags);

        Assert.Equal((planner, agent), (settings.Planner.Id.Value, settings.Agent.Id.Value));
    }

    [Theory]
    [InlineData("--model writer=x", "--model names the role 'writer'.")]
    [InlineData("--model planner=", "--model names no model for the planner.")]
    [InlineData("--model a,b", "--model is given twice: 'a' and 'b'.")]
    [InlineData("--model a --agent-model b", "--agent-model is given twice: 'a' and 'b'.")]
    [InlineData("--model planner=a --planner-model b", "--planner-model is given twice: 'a' and 'b'.")]
    public void Flags_ModelsThatContradict_AreRefused(string flags, string message)
    {
        var fault = Assert.Throws<PlanlaneException>(() => Layer(flags));

        Assert.Equal((FaultKind.Usage, message), (fault.Kind, fault.Message));
    }

    [Fact]
    public void Build_Modes_HaveTheirLimits()
    {
        Assert.Equal((RunMode.Auto, 20, 24), Limits(Built("")));
        Assert.Equal((RunMode.Single, 60, 24), Limits(Built("--single")));
        Assert.Equal((RunMode.Single, 9, 24), Limits(Built("--single --max-turns 9")));
        Assert.Equal((RunMode.Forced, 20, 5), Limits(Built("--force --max-agents 5")));
    }

    [Fact]
    public void Build_Models_KnowEveryNameOfTheCatalogue()
    {
        var named = Built("").Models.Select(model => model.Id.Value).ToList();

        Assert.Contains(Opus, named);
        Assert.Contains("claude-haiku-4-5-20251001", named);
        Assert.Equal(named.Distinct(), named);
    }

    [Fact]
    public void Read_EachSource_GoesBeforeTheNext()
    {
        using var repository = TempRepository.With();
        repository.Write(".planlane/config.json", """{ "maxAgents": 6, "checks": { "build": "dotnet build", "test": " dotnet test " }, "slots": 3 }""");
        repository.Write(".git/user/planlane/config.json", """{ "maxAgents": 7, "checks": { "test": "make test" }, "maxTurns": 30, "budget": 2 }""");
        string? Variable(string name) => name switch
        {
            "XDG_CONFIG_HOME" => Path.Combine(repository.Folder, ".git", "user"),
            "PLANLANE_MAX_AGENTS" => "5",
            _ => null,
        };

        var sources = SettingsSources.Read(repository.Folder, Variable);

        Assert.Equal(
            new SettingsLayer { MaxAgents = 5, Checks = [new PlannedCheck("build", "dotnet build"), new PlannedCheck("test", "dotnet test")], Slots = 3, MaxTurns = 30, Budget = new Cost(2) },
            sources);
        Assert.Equal(4, Layer("--max-agents 4").Over(sources).MaxAgents);
        Assert.Equal((RunMode.Single, 30, 5), Limits(RunSettingsBuilder.Build(Layer("--single").Over(sources), ModelCatalogue.Load())));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("false", null, false)]
    [InlineData("false", "1", true)]
    [InlineData("true", "0", false)]
    public void Read_Triage_IsOnUnlessAFileOrTheEnvironmentTurnsItOff(string? file, string? variable, bool expected)
    {
        using var folder = TempRepository.With();
        if (file is not null)
            folder.Write(".planlane/config.json", $$"""{ "triage": {{file}} }""");

        var layer = SettingsSources.Read(folder.Folder, name => name == "PLANLANE_TRIAGE" ? variable : null);

        Assert.Equal(expected, RunSettingsBuilder.Build(layer, ModelCatalogue.Load()).Triages);
    }

    // Whoever commits to the repository may spare the user's money, not spend more of it.
    [Theory]
    [InlineData("""{ "budget": { "run": 1, "day": 20, "repository": 40 } }""", "", 1, 10, 40)]
    [InlineData("""{ "budget": { "day": 5 } }""", "", 2, 5, 50)]
    [InlineData("{}", "", 2, 10, 50)]
    [InlineData("""{ "budget": 1.5 }""", "--budget-day 30 --budget-repository 60", 1.5, 30, 60)]
    public void Read_Budgets_TheLowerOfTheFilesAndThenTheFlags(string file, string flags, double run, double day, double repository)
    {
        using var folder = TempRepository.With();
        folder.Write(".planlane/config.json", file);
        folder.Write(".git/user/planlane/config.json", """{ "budget": { "run": 2, "day": 10, "repository": 50 } }""");

        var layer = Layer(flags).Over(SettingsSources.Read(folder.Folder, name => name == "XDG_CONFIG_HOME" ? Path.Combine(folder.Folder, ".git", "user") : null));
        var settings = RunSettingsBuilder.Build(layer, ModelCatalogue.Load());

        Assert.Equal(new Cost((decimal)run), settings.Budget);
        Assert.Equal(new SharedBudgets(new Cost((decimal)day), new Cost((decimal)repository)), settings.SharedBudgets);
    }

    [Theory]
    [InlineData("""{ "budget": { "week": 3 } }""", "\"budget.week\" in ")]
    [InlineData("""{ "budget": { "day": -3 } }""", "\"budget.day\" in ")]
    [InlineData("""{ "budget": [3] }""", "\"budget\" in ")]
    [InlineData("""{ "maxAgents": 0 }""", "is '0'. It is a whole number from 1 to 1000.")]
    [InlineData("""{ "triage": "no" }""", "is '\"no\"'. It is true or false.")]
    [InlineData("""{ "checks": "dotnet test" }""", "\"checks\" in ")]
    [InlineData("""{ "checks": { "test": "" } }""", "\"checks\" in ")]
    [InlineData("""{ "checks": { "": "make" } }""", "\"checks\" in ")]
    [InlineData("""{ "checks": { "test": ["make"] } }""", "\"checks\" in ")]
    public void Read_BadValue_SaysWhatIsWrong(string file, string message)
    {
        using var repository = TempRepository.With();
        repository.Write(".planlane/config.json", file);

        var fault = Assert.Throws<PlanlaneException>(() => SettingsSources.Read(repository.Folder, _ => null));

        Assert.Equal(FaultKind.Usage, fault.Kind);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--single --force", "contradict each other")]
    public void Flags_SingleAndForce_ContradictEachOther(string flags, string message) =>
        Assert.Contains(message, Assert.Single(Parsed(flags, out _).Errors).Message, StringComparison.Ordinal);

    private static (RunMode Mode, int MaxTurns, int MaxAgents) Limits(RunSettings settings) => (settings.Mode, settings.MaxTurns, settings.MaxAgents);

    private static RunSettings Built(string flags) => RunSettingsBuilder.Build(Layer(flags), ModelCatalogue.Load());

    private static SettingsLayer Layer(string flags)
    {
        var parsed = Parsed(flags, out var options);
        Assert.Empty(parsed.Errors);
        return options.LayerOf(parsed);
    }

    private static ParseResult Parsed(string flags, out StartOptions options)
    {
        options = new StartOptions();
        var root = new RootCommand();
        options.AddTo(root);
        return root.Parse(flags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
