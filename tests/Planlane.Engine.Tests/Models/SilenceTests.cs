using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Planlane.Models;

public sealed class SilenceTests
{
    private static readonly ModelTimeouts Limits = new(Headers: TimeSpan.FromSeconds(60), Silence: TimeSpan.FromSeconds(45));

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Stream_PingsOnly_IsAlive()
    {
        var paced = new PacedTransport();
        var call = Call(paced);
        paced.Answer();
        for (var ping = 0; ping < 4; ping++)
        {
            await paced.ReadingAsync();
            _time.Advance(TimeSpan.FromSeconds(40));
            paced.Send(Sse.Ping);
        }
        paced.Send(string.Concat(Sse.Hello));
        paced.End();

        Assert.Equal("Hello", (await call).Text);
    }

    [Fact]
    public async Task Stream_PingsWithoutAnythingElseForTooLong_IsGivenUp()
    {
        var paced = new PacedTransport();
        var call = Call(paced);
        paced.Answer();
        await paced.ReadingAsync();
        paced.Send(Sse.Start());
        // The answer has begun, and goes on once: from then on it has ten minutes.
        await paced.ReadingAsync();
        _time.Advance(TimeSpan.FromSeconds(40));
        paced.Send(Sse.Open(0, """{"type":"text","text":""}"""));
        var (begun, pings) = (_time.GetTimestamp(), 0);
        for (; pings < 30 && !call.IsCompleted; pings++)
        {
            await Task.WhenAny(paced.ReadingAsync(), call);
            _time.Advance(TimeSpan.FromSeconds(40));
            paced.Send(Sse.Ping);
        }

        Assert.True(call.IsCompleted, $"It still waits after {_time.GetElapsedTime(begun)}.");
        var fault = await Assert.ThrowsAsync<ModelException>(() => call);
        Assert.Equal((ModelFault.CutStream, "The model's answer went no further for 600 s, though its connection stayed alive.", 10), (fault.Fault, fault.Message, fault.Usage.Input));
    }

    [Fact]
    public async Task Stream_WithoutAByteForTooLong_IsGivenUp()
    {
        var paced = new PacedTransport();
        var call = Call(paced);
        paced.Answer();
        await paced.ReadingAsync();
        paced.Send(Sse.Start());
        await paced.ReadingAsync();
        _time.Advance(TimeSpan.FromSeconds(45));

        var fault = await Assert.ThrowsAsync<ModelException>(() => call);
        Assert.Equal((ModelFault.Timeout, "The model's API sent nothing for 45 s.", 10), (fault.Fault, fault.Message, fault.Usage.Input));
    }

    [Fact]
    public async Task Request_WithoutHeadersForTooLong_IsGivenUp()
    {
        var paced = new PacedTransport();
        var call = Call(paced);
        await paced.SentAsync();
        _time.Advance(TimeSpan.FromSeconds(60));

        var fault = await Assert.ThrowsAsync<ModelException>(() => call);
        Assert.Equal((ModelFault.Timeout, "The model's API sent nothing for 60 s."), (fault.Fault, fault.Message));
    }

    [Fact]
    public async Task Stream_SilentServerOnASocket_IsGivenUpAndTheConnectionEnds()
    {
        var aborted = new TaskCompletionSource();
        await using var api = await LoopbackApi.StartAsync(async context =>
        {
            context.RequestAborted.Register(aborted.SetResult);
            await context.Response.WriteAsync(Sse.Start());
            await context.Response.Body.FlushAsync();
            await aborted.Task;
        });
        using var client = AnthropicModels.Connect(
            new ModelConnection(api.Address, Calls.Key), TimeProvider.System, new ModelTimeouts(TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(50)));
        var caller = new ModelCaller(client, TimeProvider.System, new Random(1), RetryRules.None);

        var fault = await Assert.ThrowsAsync<ModelException>(() => caller.CallAsync(Calls.Hello, null, TestContext.Current.CancellationToken));

        Assert.Equal(ModelFault.Timeout, fault.Fault);
        await aborted.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private Task<ModelAnswer> Call(PacedTransport transport)
    {
        var client = AnthropicModels.Connect(new ModelConnection(new Uri("http://127.0.0.1:1"), Calls.Key), _time, Limits, transport);
        return new ModelCaller(client, _time, new Random(1), RetryRules.None)
            .CallAsync(Calls.Hello, null, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends what the test gives it, and tells when someone waits for more.</summary>
    private sealed class PacedTransport : HttpMessageHandler
    {
        private readonly Channel<string> _chunks = Channel.CreateUnbounded<string>();
        private readonly TaskCompletionSource _sent = new();
        private readonly TaskCompletionSource _answer = new();
        private readonly SemaphoreSlim _reading = new(0);

        public Task SentAsync() => _sent.Task.WaitAsync(TestContext.Current.CancellationToken);

        public Task ReadingAsync() => _reading.WaitAsync(TestContext.Current.CancellationToken);

        public void Answer() => _answer.SetResult();

        public void Send(string chunk) => Assert.True(_chunks.Writer.TryWrite(chunk));

        public void End() => _chunks.Writer.Complete();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _sent.SetResult();
            await _answer.Task.WaitAsync(cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new PacedStream(this)) };
        }

        private sealed class PacedStream(PacedTransport transport) : MemoryStream
        {
            public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            {
                transport._reading.Release();
                if (!await transport._chunks.Reader.WaitToReadAsync(cancellationToken) || !transport._chunks.Reader.TryRead(out var chunk))
                    return 0;
                return Encoding.UTF8.GetBytes(chunk, buffer.Span);
            }
        }
    }
}
