using Planlane.Runs;

namespace Planlane.Models;

public sealed class ModelConnectionTests
{
    private const string Key = "sk-ant-api03-0123456789";

    [Fact]
    public void FromEnvironment_KeyOnly_GoesToTheVendor() =>
        Assert.Equal("https://api.anthropic.com/ (API key)", From(("ANTHROPIC_API_KEY", Key)).ToString());

    [Fact]
    public void FromEnvironment_TokenAndAddress_AreUsed() =>
        Assert.Equal("https://gateway.example/llm (bearer token)", From(("ANTHROPIC_AUTH_TOKEN", "token"), ("ANTHROPIC_BASE_URL", "https://gateway.example/llm")).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void FromEnvironment_NoKey_SaysWhatToDo(string? key)
    {
        var fault = Assert.Throws<PlanlaneException>(() => From(("ANTHROPIC_API_KEY", key), ("ANTHROPIC_BASE_URL", "https://gateway.example")));

        Assert.Equal(
            (FaultKind.Usage, "No API key: ANTHROPIC_API_KEY is not set.", "Set ANTHROPIC_API_KEY, or try `planlane demo`."),
            (fault.Kind, fault.Message, fault.Hint));
    }

    [Fact]
    public void FromEnvironment_NoKeyButALocalAddress_IsAllowed() => Assert.True(From(("ANTHROPIC_BASE_URL", "http://127.0.0.1:8080")).IsLocal);

    [Theory]
    [InlineData("not an address")]
    [InlineData("ftp://host")]
    [InlineData("/v1")]
    public void FromEnvironment_AddressThatIsNone_IsRefused(string address) =>
        Assert.Equal(FaultKind.Usage, Assert.Throws<PlanlaneException>(() => From(("ANTHROPIC_API_KEY", Key), ("ANTHROPIC_BASE_URL", address))).Kind);

    [Fact]
    public void Redact_TextWithKeyAndToken_ShowsNeither()
    {
        Assert.Equal("a [key] b", new ModelConnection(new Uri("http://localhost"), Key).Redact($"a {Key} b"));
        Assert.Equal("a [key] b", new ModelConnection(new Uri("http://localhost"), null, "bearer-1").Redact("a bearer-1 b"));
    }

    [Theory]
    [InlineData("key", null, "Bearer key")]
    [InlineData(null, "token", "Bearer token")]
    [InlineData("key", "token", "Bearer key")]
    public async Task Connect_KeyOrToken_IsSentAlone(string? key, string? token, string expected)
    {
        string? sent = null;
        await using var api = await LoopbackApi.StartAsync(async context =>
        {
            sent = context.Request.Headers.Authorization;
            await LoopbackApi.Stream(Sse.Hello)(context);
        });
        using var client = AnthropicModels.Connect(new ModelConnection(api.Address, key, token), TimeProvider.System);

        await new ModelCaller(client, TimeProvider.System, new Random(1)).CallAsync(Calls.Hello, null, TestContext.Current.CancellationToken);

        Assert.Equal(expected, sent);
    }

    private static ModelConnection From(params (string Name, string? Value)[] variables) =>
        ModelConnection.FromEnvironment(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
