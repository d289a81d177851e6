using Microsoft.Extensions.AI;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Models;

public sealed class MaskingChatClientTests
{
    private const string Key = "ghp_" + "0123456789abcdefABCDEF0123456789abcd";

    [Fact]
    public async Task Request_WithSecrets_LosesThemInAllButTheModelsOwnWords()
    {
        IReadOnlyList<string> heard = [];
        using var client = new MaskingChatClient(new ScriptedModel(request =>
        {
            heard = request.Texts;
            return ScriptedAnswer.Says("ok");
        }), new SecretMask(["known-value-1"]));
        var cached = new TextContent($"a {Key}") { AdditionalProperties = new() { ["cache"] = 1 } };

        await foreach (var _ in client.GetStreamingResponseAsync(
            [
                new ChatMessage(ChatRole.User, [cached, new TextContent("plain")]),
                new ChatMessage(ChatRole.Assistant, $"sample {Key}"),
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", "known-value-1 failed") { Exception = new InvalidOperationException("known-value-1 failed") }]),
            ],
            cancellationToken: TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal([$"a {SecretMask.Mark}", "plain", $"sample {Key}", $"{SecretMask.Mark} failed"], heard);
        Assert.Equal($"a {Key}", cached.Text);
    }
}
