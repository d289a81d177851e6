using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>A caller against a loopback server, on a clock that the test moves.</summary>
internal sealed class Calls : IAsyncDisposable
{
    public const string Key = "sk-ant-api03-secret";

    private readonly Microsoft.Extensions.AI.IChatClient _client;

    private Calls(LoopbackApi api, RetryRules? rules)
    {
        Api = api;
        _client = AnthropicModels.Connect(new ModelConnection(api.Address, Key), Time, new ModelTimeouts(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(45)));
        Caller = new ModelCaller(_client, Time, new Random(1), rules);
    }

    public LoopbackApi Api { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public ModelCaller Caller { get; }

    public List<ModelActivity> Activity { get; } = [];

    public static ModelRequest Hello { get; } = new(new ModelId("claude-haiku-4-5"), 100, [User("Hi")]);

    public static async Task<Calls> StartAsync(params Func<HttpContext, Task>[] answers) => new(await LoopbackApi.StartAsync(answers), null);

    public static ModelMessage User(params string[] texts) => new(ModelRole.User, [.. texts.Select(text => new ModelBlock.Text(text))]);

    public Task<ModelAnswer> CallAsync(ModelRequest? request = null) => Caller.CallAsync(request ?? Hello, Note, TestContext.Current.CancellationToken);

    public async Task<ModelException> FailAsync() => await Assert.ThrowsAsync<ModelException>(() => CallAsync());

    /// <summary>Ends when the call tells that it waits for another try.</summary>
    public async Task WaitingAsync(int times = 1)
    {
        for (var time = 0; time < times; time++)
            await _waiting.WaitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Api.DisposeAsync();
    }

    private readonly SemaphoreSlim _waiting = new(0);

    private void Note(ModelActivity activity)
    {
        lock (Activity)
            Activity.Add(activity);
        if (activity is ModelActivity.Waiting)
            _waiting.Release();
    }
}
