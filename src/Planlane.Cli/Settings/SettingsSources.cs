using System.Text.Json;
using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Settings;

/// <summary>The places below the flags where settings come from: environment, the repository's file, the user's file.</summary>
internal static class SettingsSources
{
    public const string RepositoryFile = ".planlane/config.json";

    private static readonly string[] Names = ["plannerModel", "agentModel", "slots", "budget", "maxTurns", "maxAgents", "triage", "checks", "workspace", "landing"];

    /// <summary>All sources below the flags, merged.</summary>
    /// <exception cref="PlanlaneException">A value or a file cannot be read; kind <see cref="FaultKind.Usage"/>.</exception>
    public static SettingsLayer Read(string folder, Func<string, string?> variable)
    {
        var user = OfFile(UserFile(variable));
        var repository = OfRepository(RootOf(folder));
        var merged = OfEnvironment(variable).Over(repository with
        {
            Workspace = repository.Workspace.Under(user.Workspace),
            SharedBudgets = Under(repository.SharedBudgets, user.SharedBudgets),
        }).Over(user);
        return IncludeFile.Read(RootOf(folder)) is { Count: > 0 } patterns
            ? merged with { Workspace = merged.Workspace with { Include = patterns.AddRange(merged.Workspace.Include ?? []) } }
            : merged;
    }

    /// <summary>The nearest folder above that holds a repository, or the folder itself.</summary>
    public static string RootOf(string folder)
    {
        for (var at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
            if (Path.Exists(Path.Combine(at, ".git")))
                return at;
        return Path.GetFullPath(folder);
    }

    public static string UserFile(Func<string, string?> variable)
    {
        var home = variable("XDG_CONFIG_HOME") is { Length: > 0 } xdg
            ? xdg
            : OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return Path.Combine(home, "planlane", "config.json");
    }

    /// <summary>Where it is written down what the user's runs spend in all repositories.</summary>
    public static string SpendingFile(Func<string, string?> variable)
    {
        var home = variable("XDG_STATE_HOME") is { Length: > 0 } xdg
            ? xdg
            : OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(home, "planlane", "spending.jsonl");
    }

    public static SettingsLayer OfEnvironment(Func<string, string?> variable)
    {
        string? Value(string name) => variable(name) is { Length: > 0 } text ? text : null;
        Cost? Money(string name) => Value(name) is { } money ? SettingsText.TryBudget(money, out var budget) ? budget : throw Wrong(name, money, SettingsText.BudgetRule) : null;
        return new SettingsLayer
        {
            PlannerModel = Value("PLANLANE_PLANNER_MODEL"),
            AgentModel = Value("PLANLANE_AGENT_MODEL"),
            Slots = Value("PLANLANE_SLOTS") is { } slots ? CountOf("PLANLANE_SLOTS", slots) : null,
            MaxAgents = Value("PLANLANE_MAX_AGENTS") is { } agents ? CountOf("PLANLANE_MAX_AGENTS", agents) : null,
            Budget = Money("PLANLANE_BUDGET"),
            SharedBudgets = new(Money("PLANLANE_BUDGET_DAY"), Money("PLANLANE_BUDGET_REPOSITORY")),
            Triage = WorkspaceVariables.Flag(variable, "PLANLANE_TRIAGE"),
            Workspace = WorkspaceVariables.Read(variable),
        };
    }

    // A link could show any file of the user's as a setting, or be a device that never ends.
    private static SettingsLayer OfRepository(string root)
    {
        if (LinkOn(root) is { } link)
            throw new PlanlaneException(FaultKind.Usage, $"{link} is a symbolic link; a repository's settings are a plain file.", "Put the file itself there, or remove the link.");
        return OfFile(Path.Combine(root, RepositoryFile));
    }

    /// <summary>The symbolic link on the way to a repository's settings, or null.</summary>
    public static string? LinkOn(string root) => new[] { Path.GetDirectoryName(RepositoryFile)!, RepositoryFile }
        .Select(part => Path.Combine(root, part)).FirstOrDefault(path => new FileInfo(path).LinkTarget is not null);

    /// <summary>The settings of a file; none when it is not there.</summary>
    public static SettingsLayer OfFile(string path)
    {
        if (!File.Exists(path))
            return SettingsLayer.Empty;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                throw new JsonException("It is not an object.");
            return document.RootElement.EnumerateObject().Aggregate(SettingsLayer.Empty, (layer, member) => With(layer, path, member));
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Usage, $"The settings in {path} cannot be read: {exception.Message}", "Mend or remove the file; `planlane init` writes a fresh one.", exception);
        }
    }

    private static SettingsLayer With(SettingsLayer layer, string path, JsonProperty member)
    {
        var text = member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
        return member.Name switch
        {
            _ when member.Value.ValueKind is JsonValueKind.Null && Names.Contains(member.Name) => layer,
            "plannerModel" => layer with { PlannerModel = text },
            "agentModel" => layer with { AgentModel = text },
            "slots" => layer with { Slots = CountOf($"\"slots\" in {path}", text) },
            "maxTurns" => layer with { MaxTurns = CountOf($"\"maxTurns\" in {path}", text) },
            "maxAgents" => layer with { MaxAgents = CountOf($"\"maxAgents\" in {path}", text) },
            "triage" => layer with { Triage = SettingsText.FlagOf(member.Value) ?? throw Wrong($"\"triage\" in {path}", member.Value.GetRawText(), SettingsText.FlagRule) },
            "checks" => layer with { Checks = ChecksOf(path, member.Value) },
            "workspace" => layer with { Workspace = new WorkspaceReader(path).Read(member.Value) },
            "landing" => layer with { Landing = new LandingReader(path).Read(member.Value) },
            "budget" => new BudgetReader(path).Read(layer, member.Value),
            _ when member.Name.Contains("key", StringComparison.OrdinalIgnoreCase) || member.Name.Contains("token", StringComparison.OrdinalIgnoreCase) =>
                throw new PlanlaneException(FaultKind.Usage, $"\"{member.Name}\" in {path}: keys are never read from a file.", "Remove it from the file, and set ANTHROPIC_API_KEY in the environment."),
            _ => throw new PlanlaneException(FaultKind.Usage, $"\"{member.Name}\" in {path} is not a setting.", $"Known settings are {string.Join(", ", Names)}."),
        };
    }

    // The user's money: whoever commits to the repository may spare it and not spend more of it.
    private static SharedBudgets Under(SharedBudgets repository, SharedBudgets user)
    {
        static Cost? Least(Cost? one, Cost? other) => one is { } first && other is { } second ? (first < second ? first : second) : one ?? other;
        return new SharedBudgets(Least(repository.Day, user.Day), Least(repository.Repository, user.Repository));
    }

    private static int CountOf(string name, string text) => SettingsText.TryCount(text, out var count) ? count.Value : throw Wrong(name, text, SettingsText.CountRule);

    // The order of the file is the order in which they run.
    private static ValueList<PlannedCheck> ChecksOf(string path, JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object || value.EnumerateObject().Any(check => !IsCommand(check)))
            throw new PlanlaneException(
                FaultKind.Usage,
                $"\"checks\" in {path} is {value.GetRawText()}.",
                """It is an object of names and shell commands, such as { "build": "dotnet build", "test": "dotnet test" }.""");
        return value.EnumerateObject().Select(check => new PlannedCheck(check.Name, check.Value.GetString()!.Trim())).ToValueList();
    }

    private static bool IsCommand(JsonProperty check) =>
        !string.IsNullOrWhiteSpace(check.Name) && check.Value.ValueKind is JsonValueKind.String && !string.IsNullOrWhiteSpace(check.Value.GetString());

    private static PlanlaneException Wrong(string name, string value, string rule) => new(FaultKind.Usage, $"{name} is '{value}'. {rule}");
}
