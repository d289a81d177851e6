using System.CommandLine;
using Planlane.Cli.Commands;
using Planlane.Cli.Settings;
using Planlane.Models;
using Planlane.Runs;
using Planlane.Testing;
using Planlane.Workspaces;

namespace Planlane.Settings;

/// <summary>What commands may do: said by flags, environment and the user's file; a repository's file may only take away.</summary>
public sealed class WorkspaceSettingsTests
{
    [Fact]
    public void Read_RepositoryFile_GivesIncludeSetupAndVariables()
    {
        var policy = PolicyOf("""{ "include": [".env.test"], "setup": [" npm ci "], "env": { "NODE_ENV": "test", "EMPTY": "" } }""");

        Assert.Equal(
            WorkspacePolicy.Default with { Include = [".env.test"], Setup = ["npm ci"], Environment = [new("NODE_ENV", "test"), new("EMPTY", "")] },
            policy);
    }

    [Theory]
    [InlineData("\"open\"", null, "", "none")]
    [InlineData("[\"a.org\"]", null, "", "none")]
    [InlineData("\"open\"", "\"open\"", "", "open")]
    [InlineData("\"none\"", "\"open\"", "", "none")]
    [InlineData(null, "\"open\"", "", "open")]
    [InlineData(null, "[\"A.org\", \"a.org\"]", "", "a.org")]
    [InlineData("[\"a.org\", \"b.org\"]", "\"open\"", "", "a.org b.org")]
    [InlineData("\"open\"", "[\"a.org\"]", "", "a.org")]
    [InlineData("[\"a.org\", \"b.org\"]", "[\"b.org\", \"c.org\"]", "", "b.org")]
    [InlineData("[\"x.a.org\", \"a.org\"]", "[\"*.a.org\"]", "", "x.a.org")]
    [InlineData("[\"*.a.org\"]", "[\"x.a.org\", \"xa.org\"]", "", "x.a.org")]
    [InlineData("[\"a.org\"]", "[\"b.org\"]", "", "none")]
    [InlineData("[\"a.org:443\", \"a.org:22\"]", "[\"a.org\"]", "", "a.org:443")]
    [InlineData("[\"a.org\"]", "[\"a.org:443\"]", "", "a.org:443")]
    [InlineData(null, "[\"10.0.0.1:8080\", \"[::1]\"]", "", "10.0.0.1:8080 [::1]")]
    [InlineData("\"none\"", "\"none\"", "--allow-network", "open")]
    [InlineData("\"none\"", "\"open\"", "--allow-host a.org --allow-host *.b.org", "a.org *.b.org")]
    public void Read_Network_IsGivenByTheUserAndTakenByTheRepository(string? repository, string? user, string flags, string expected)
    {
        var policy = PolicyOf(Network(repository), Network(user), flags);

        Assert.Equal(expected, policy.Network is NetworkAccess.Hosts ? string.Join(' ', policy.Hosts) : policy.Network.ToString().ToLowerInvariant());
        Assert.Equal(policy.Network is NetworkAccess.Hosts, policy.Hosts.Count > 0);
    }

    [Theory]
    [InlineData("false", null, "", true)]
    [InlineData(null, "false", "", false)]
    [InlineData("true", "false", "", true)]
    [InlineData("false", "false", "", false)]
    [InlineData("true", null, "--no-sandbox", false)]
    public void Read_Sandbox_IsTurnedOffByTheUserAlone(string? repository, string? user, string flags, bool expected) =>
        Assert.Equal(expected, PolicyOf(Sandbox(repository), Sandbox(user), flags).IsSandboxed);

    [Theory]
    [InlineData("PLANLANE_ALLOW_NETWORK", "1", NetworkAccess.Open, true)]
    [InlineData("PLANLANE_ALLOW_NETWORK", "no", NetworkAccess.None, true)]
    [InlineData("PLANLANE_ALLOW_HOSTS", "b.org, *.c.org", NetworkAccess.Hosts, true)]
    [InlineData("PLANLANE_NO_SANDBOX", "true", NetworkAccess.Hosts, false)]
    [InlineData("PLANLANE_NO_SANDBOX", "0", NetworkAccess.Hosts, true)]
    public void Read_Environment_GoesBeforeTheFiles(string name, string value, NetworkAccess network, bool isSandboxed)
    {
        var policy = PolicyOf(null, Network("[\"a.org\"]"), variables: new() { [name] = value });

        Assert.Equal((network, isSandboxed), (policy.Network, policy.IsSandboxed));
    }

    [Theory]
    [InlineData("[]", "\"workspace\" in ")]
    [InlineData("""{ "includes": [] }""", "\"workspace.includes\" in ")]
    [InlineData("""{ "include": ".env" }""", "\"workspace.include\" in ")]
    [InlineData("""{ "include": [" "] }""", "\"workspace.include\" in ")]
    [InlineData("""{ "setup": ["a\nb"] }""", "\"workspace.setup\" in ")]
    [InlineData("""{ "env": { "A B": "1" } }""", "the variable 'A B' is not right")]
    [InlineData("""{ "env": { "A": 1 } }""", "the variable 'A' is not right")]
    [InlineData("""{ "env": { "anthropic_api_key": "sk-planted" } }""", "never given to commands")]
    [InlineData("""{ "network": "all" }""", "\"workspace.network\" in ")]
    [InlineData("""{ "network": ["https://a.org"] }""", "\"workspace.network\" in ")]
    [InlineData("""{ "network": ["10.1"] }""", "\"workspace.network\" in ")]
    [InlineData("""{ "network": ["::1"] }""", "\"workspace.network\" in ")]
    [InlineData("""{ "network": ["*"] }""", "\"workspace.network\" in ")]
    [InlineData("""{ "network": true }""", "\"workspace.network\" in ")]
    [InlineData("""{ "sandbox": "no" }""", "\"workspace.sandbox\" in ")]
    public void Read_BadValue_SaysWhatIsWrongAndNoSecret(string workspace, string message)
    {
        var fault = Assert.Throws<PlanlaneException>(() => PolicyOf(workspace));

        Assert.Equal(FaultKind.Usage, fault.Kind);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-planted", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLANLANE_ALLOW_NETWORK", "maybe")]
    [InlineData("PLANLANE_ALLOW_HOSTS", "a.org,b.org/path")]
    [InlineData("PLANLANE_NO_SANDBOX", "on")]
    public void Read_BadVariable_IsNamed(string name, string value) =>
        Assert.StartsWith(name, Assert.Throws<PlanlaneException>(() => PolicyOf(null, variables: new() { [name] = value })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--allow-host http://a.org", "--allow-host is 'http://a.org'.")]
    [InlineData("--allow-host a.org --allow-network", "contradict each other")]
    [InlineData("--allow-host a.org --no-sandbox", "contradict each other")]
    public void Flags_WrongOrContradicting_AreRefused(string flags, string message) =>
        Assert.Contains(message, Assert.Single(Parsed(flags, out _).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void Notes_RepositoryAsksForMoreThanItGets_SayHowToGiveIt()
    {
        var asked = With("""{ "network": ["a.org", "*.b.org"], "sandbox": false }""", null, "--allow-host a.org");

        Assert.Equal(
            [
                ".planlane/config.json asks for the network to a.org, *.b.org; commands do not get all of it. --allow-host a.org --allow-host \"*.b.org\" gives it.",
                ".planlane/config.json asks for commands without a sandbox; only --no-sandbox or your own settings file turn it off.",
            ],
            SettingsNotes.Of(asked.Workspace, RunSettingsBuilder.Build(asked, ModelCatalogue.Load())));
        Assert.Empty(NotesOf("""{ "network": ["a.org"], "sandbox": false }""", "--no-sandbox"));
        Assert.Empty(NotesOf("""{ "network": ["a.org"] }""", "--allow-network"));
        Assert.Empty(NotesOf("""{ "network": "none", "sandbox": true }""", ""));
    }

    [Theory]
    [InlineData(".planlane")]
    [InlineData(".planlane/config.json")]
    public void Read_RepositoryFileBehindALink_IsRefused(string link)
    {
        using var repository = TempRepository.With();
        repository.Write(".git/elsewhere/config.json", """{ "slots": 3 }""");
        var target = Path.Combine(repository.Folder, ".git/elsewhere", link == ".planlane" ? "" : "config.json");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(repository.Folder, link))!);
        File.CreateSymbolicLink(Path.Combine(repository.Folder, link), target);

        var fault = Assert.Throws<PlanlaneException>(() => SettingsSources.Read(repository.Folder, _ => null));

        Assert.EndsWith("is a symbolic link; a repository's settings are a plain file.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WorktreeInclude_ComesBeforeTheSettings()
    {
        using var repository = TempRepository.With((".worktreeinclude", "# what tests need\n\n.env.test\r\n!certs/ca.pem\n"));
        repository.Write(".planlane/config.json", """{ "workspace": { "include": ["local.json"] } }""");

        Assert.Equal([".env.test", "!certs/ca.pem", "local.json"], SettingsSources.Read(repository.Folder, _ => null).Workspace.Include!);
    }

    private static IEnumerable<string> NotesOf(string repository, string flags)
    {
        var layer = With(repository, null, flags);
        return SettingsNotes.Of(layer.Workspace, RunSettingsBuilder.Build(layer, ModelCatalogue.Load()));
    }

    private static string? Network(string? value) => value is null ? null : $$"""{ "network": {{value}} }""";

    private static string? Sandbox(string? value) => value is null ? null : $$"""{ "sandbox": {{value}} }""";

    private static WorkspacePolicy PolicyOf(string? repository, string? user = null, string flags = "", Dictionary<string, string>? variables = null) =>
        RunSettingsBuilder.Build(With(repository, user, flags, variables), ModelCatalogue.Load()).Workspace;

    private static SettingsLayer With(string? repository, string? user, string flags, Dictionary<string, string>? variables = null)
    {
        using var temp = TempRepository.With();
        if (repository is not null)
            temp.Write(".planlane/config.json", $$"""{ "workspace": {{repository}} }""");
        if (user is not null)
            temp.Write(".git/user/planlane/config.json", $$"""{ "workspace": {{user}} }""");
        var parsed = Parsed(flags, out var options);
        Assert.Empty(parsed.Errors);
        return options.LayerOf(parsed).Over(SettingsSources.Read(
            temp.Folder, name => name is "XDG_CONFIG_HOME" ? Path.Combine(temp.Folder, ".git", "user") : variables?.GetValueOrDefault(name)));
    }

    private static ParseResult Parsed(string flags, out StartOptions options)
    {
        options = new StartOptions();
        var root = new RootCommand();
        options.AddTo(root);
        return root.Parse(flags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
