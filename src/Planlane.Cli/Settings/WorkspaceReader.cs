using System.Text.Json;
using System.Text.RegularExpressions;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Cli.Settings;

/// <summary>Reads the member <c>workspace</c> of a settings file.</summary>
/// <param name="path">The file, for messages.</param>
internal sealed partial class WorkspaceReader(string path)
{
    private static readonly string[] Names = ["include", "setup", "env", "network", "sandbox"];

    // They are taken from commands, and a file must not bring them back.
    private static readonly string[] Keys = ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"];

    /// <exception cref="PlanlaneException">A member is unknown or wrong; kind <see cref="FaultKind.Usage"/>.</exception>
    public WorkspaceSettings Read(JsonElement value) => value.ValueKind is JsonValueKind.Object
        ? value.EnumerateObject().Aggregate(WorkspaceSettings.Empty, With)
        : throw Wrong("workspace", value, $"It is an object with {string.Join(", ", Names)}.");

    private WorkspaceSettings With(WorkspaceSettings settings, JsonProperty member) => member.Name switch
    {
        _ when member.Value.ValueKind is JsonValueKind.Null && Names.Contains(member.Name) => settings,
        "include" => settings with { Include = Texts(member, """It is a list of patterns as in .gitignore, such as [".env.test"].""") },
        "setup" => settings with { Setup = Texts(member, """It is a list of shell commands, such as ["npm ci"].""") },
        "env" => settings with { Environment = VariablesOf(member.Value) },
        "network" => settings with { Network = NetworkOf(member.Value) },
        "sandbox" => settings with { IsSandboxed = SettingsText.FlagOf(member.Value) ?? throw Wrong("workspace.sandbox", member.Value, SettingsText.FlagRule) },
        _ => throw new PlanlaneException(FaultKind.Usage, $"\"workspace.{member.Name}\" in {path} is not a setting.", $"Known are {string.Join(", ", Names)}."),
    };

    private ValueList<string> Texts(JsonProperty member, string rule)
    {
        if (member.Value.ValueKind is not JsonValueKind.Array || member.Value.EnumerateArray().Any(item => !IsText(item) || item.GetString()!.Any(letter => letter is '\0' or '\r' or '\n')))
            throw Wrong($"workspace.{member.Name}", member.Value, $"{rule} Each is one line.");
        return member.Value.EnumerateArray().Select(item => item.GetString()!.Trim()).ToValueList();
    }

    private ValueList<Variable> VariablesOf(JsonElement value)
    {
        const string Rule = """It is an object of names and texts, such as { "NODE_ENV": "test" }.""";
        if (value.ValueKind is not JsonValueKind.Object)
            throw Wrong("workspace.env", value, Rule);
        foreach (var item in value.EnumerateObject())
        {
            // The value may be a secret, so no message has it.
            if (Keys.Contains(item.Name, StringComparer.OrdinalIgnoreCase))
                throw new PlanlaneException(FaultKind.Usage, $"\"workspace.env\" in {path} has {item.Name}: the key of the model is never given to commands.", "Remove it from the file.");
            if (!VariableName().IsMatch(item.Name) || item.Value.ValueKind is not JsonValueKind.String || item.Value.GetString()!.Contains('\0', StringComparison.Ordinal))
                throw new PlanlaneException(FaultKind.Usage, $"\"workspace.env\" in {path}: the variable '{item.Name}' is not right.", Rule);
        }

        return value.EnumerateObject().GroupBy(item => item.Name).Select(same => new Variable(same.Key, same.Last().Value.GetString()!)).ToValueList();
    }

    private NetworkSetting NetworkOf(JsonElement value)
    {
        const string Rule = """It is "none", "open", or a list of hosts, such as ["registry.npmjs.org"].""";
        return value.ValueKind switch
        {
            JsonValueKind.String when value.GetString() is "none" => NetworkSetting.None,
            JsonValueKind.String when value.GetString() is "open" => NetworkSetting.Open,
            JsonValueKind.Array => NetworkSetting.Only(value.EnumerateArray().Select(host => (IsText(host) ? NetworkSetting.HostOf(host.GetString()!) : null)
                ?? throw Wrong("workspace.network", value, $"{Rule} {NetworkSetting.HostRule}"))),
            _ => throw Wrong("workspace.network", value, Rule),
        };
    }

    private static bool IsText(JsonElement value) => value.ValueKind is JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString());

    private PlanlaneException Wrong(string name, JsonElement value, string rule) => new(FaultKind.Usage, $"\"{name}\" in {path} is {value.GetRawText()}.", rule);

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();
}
