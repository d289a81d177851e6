using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Planlane.Models;

/// <summary>The arguments of a tool call, between the text that the model wrote and the dictionary of <c>Microsoft.Extensions.AI</c>.</summary>
internal static class ToolArguments
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A call with the members in the model's order; without any when the text is no JSON object, as after a cut.</summary>
    public static FunctionCallContent ToCall(string id, string name, string arguments)
    {
        var call = new FunctionCallContent(id, name) { AdditionalProperties = new() { [ChatKeys.Arguments] = arguments } };
        try
        {
            var members = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var member in JsonElement.Parse(arguments).EnumerateObject())
                members[member.Name] = member.Value;
            call.Arguments = members;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            call.Exception = exception;
        }
        return call;
    }

    /// <summary>The text of a call's arguments: as the model wrote it, where that is known.</summary>
    public static string TextOf(FunctionCallContent call) => call.AdditionalProperties?.GetValueOrDefault(ChatKeys.Arguments) as string
        ?? JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), Plain);
}
