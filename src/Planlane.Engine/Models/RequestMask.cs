using Planlane.Values;

namespace Planlane.Models;

/// <summary>Takes secrets out of what is sent to a model.</summary>
internal static class RequestMask
{
    /// <summary>The request with texts and results without secrets. What the model itself wrote stays, as it has seen none.</summary>
    public static ModelRequest Of(ModelRequest request, SecretMask secrets) => request with
    {
        Messages = request.Messages.Select(message => message.Role is ModelRole.User ? message with { Blocks = message.Blocks.Select(block => Of(block, secrets)).ToValueList() } : message).ToValueList(),
    };

    private static ModelBlock Of(ModelBlock block, SecretMask secrets) => block switch
    {
        ModelBlock.Text text => text with { Value = secrets.Of(text.Value) },
        ModelBlock.ToolResult result => result with { Content = secrets.Of(result.Content) },
        _ => block,
    };
}
