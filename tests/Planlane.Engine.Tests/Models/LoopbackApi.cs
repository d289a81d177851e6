using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Planlane.Models;

/// <summary>A real server on a free loopback port that answers each request with the next of the given answers, and keeps the bodies that it read.</summary>
internal sealed class LoopbackApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers;
    private readonly ConcurrentQueue<string> _bodies = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private LoopbackApi(WebApplication app, IEnumerable<Func<HttpContext, Task>> answers)
    {
        _app = app;
        _answers = new ConcurrentQueue<Func<HttpContext, Task>>(answers);
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public string[] Bodies => [.. _bodies];

    public static async Task<LoopbackApi> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var api = new LoopbackApi(app, answers);
        app.MapPost("/v1/messages", api.AnswerAsync);
        await app.StartAsync();
        return api;
    }

    /// <summary>Ends when one more request has been read.</summary>
    public Task ArrivedAsync() => _arrived.WaitAsync(TestContext.Current.CancellationToken);

    public static Func<HttpContext, Task> Stream(params string[] events) => async context =>
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["request-id"] = "req_1";
        await context.Response.WriteAsync(string.Concat(events));
    };

    public static Func<HttpContext, Task> Status(int status, string type, string message, string details = "null", params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(
            $$"""{"type":"error","error":{"type":"{{type}}","message":"{{message}}","details":{{details}}},"request_id":"req_9"}""");
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        _bodies.Enqueue(await reader.ReadToEndAsync());
        _arrived.Release();
        if (_answers.TryDequeue(out var answer))
            await answer(context);
        else
            context.Response.StatusCode = (int)HttpStatusCode.NotImplemented;
    }
}
