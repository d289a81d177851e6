using System.Text.Json;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Settings;

/// <summary>Reads the member <c>landing</c> of a settings file: <c>protect</c>, a list of patterns of branches on which nothing may land.</summary>
/// <param name="path">The file, for messages.</param>
internal sealed class LandingReader(string path)
{
    private const string Rule = """It is an object such as { "protect": ["main", "release/*"] }.""";

    /// <exception cref="PlanlaneException">A member is unknown or wrong; kind <see cref="FaultKind.Usage"/>.</exception>
    public LandingLayer Read(JsonElement value) => value.ValueKind is JsonValueKind.Object
        ? value.EnumerateObject().Aggregate(LandingLayer.Empty, With)
        : throw Wrong("landing", value);

    private LandingLayer With(LandingLayer layer, JsonProperty member) => member switch
    {
        { Name: "protect", Value.ValueKind: JsonValueKind.Null } => layer,
        { Name: "protect", Value: { ValueKind: JsonValueKind.Array } list } when list.EnumerateArray().All(IsPattern) =>
            layer with { Protected = list.EnumerateArray().Select(item => item.GetString()!.Trim()).ToValueList() },
        { Name: "protect" } => throw Wrong("landing.protect", member.Value),
        _ => throw new PlanlaneException(FaultKind.Usage, $"\"landing.{member.Name}\" in {path} is not a setting.", "Known is protect; how a run lands is said by --branch, --onto, --squash, --no-commit and --no-verify."),
    };

    private static bool IsPattern(JsonElement item) => item.ValueKind is JsonValueKind.String && !string.IsNullOrWhiteSpace(item.GetString());

    private PlanlaneException Wrong(string name, JsonElement value) => new(FaultKind.Usage, $"\"{name}\" in {path} is {value.GetRawText()}.", Rule);
}
