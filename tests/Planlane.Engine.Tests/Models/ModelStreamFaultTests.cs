using Microsoft.AspNetCore.Http;
using Planlane.Budgets;

namespace Planlane.Models;

public sealed class ModelStreamFaultTests
{
    private static readonly string CutStart = Sse.Start(
        """{"input_tokens":10,"cache_read_input_tokens":500,"cache_creation_input_tokens":25,"cache_creation":{"ephemeral_5m_input_tokens":5,"ephemeral_1h_input_tokens":20},"output_tokens":1}""");

    public static TheoryData<string> Cuts =>
    [
        CutStart,
        CutStart + Sse.Open(0, """{"type":"text","text":"Hel"}"""),
        CutStart + Sse.Tool(0, "t1", "write_file", """{"path":"a","content":"b"}"""),
        CutStart + Sse.Text(0, "Hello") + Sse.Stop("end_turn"),
        CutStart + Sse.Text(0, "Hello") + Sse.End,
        CutStart + "event: content_block_delta\ndata: {\"type\":\"content_blo",
    ];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Call_StreamThatEndsBeforeItsEnd_IsReplayedAndCountedOnce(string cut)
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(cut), LoopbackApi.Stream(Sse.Hello));

        var call = calls.CallAsync();
        await calls.WaitingAsync();
        calls.Time.Advance(TimeSpan.FromSeconds(1));
        var answer = await call;

        Assert.Equal([new ModelBlock.Text("Hello")], answer.Blocks);
        Assert.Equal((new Usage(10, 7, 0, 0), 2), (answer.Usage, answer.Tries));
        Assert.Equal(new Usage(10, 0, 500, 5, 20), answer.Lost with { Output = 0 });
        Assert.Equal(calls.Api.Bodies[0], calls.Api.Bodies[1]);
        Assert.Equal(ModelFault.CutStream, Assert.Single(calls.Activity.OfType<ModelActivity.Waiting>()).Fault);
    }

    [Fact]
    public async Task Call_ConnectionResetWithinTheStream_IsReplayed()
    {
        await using var calls = await Calls.StartAsync(
            async context =>
            {
                await context.Response.WriteAsync(CutStart);
                await context.Response.Body.FlushAsync();
                context.Abort();
            },
            LoopbackApi.Stream(Sse.Hello));

        var call = calls.CallAsync();
        await calls.WaitingAsync();
        calls.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("Hello", (await call).Text);
    }

    [Fact]
    public async Task Call_StreamThatIsAlwaysCut_FailsAfterThreeTriesWithAllThatWasUsed()
    {
        await using var calls = await Calls.StartAsync([.. Enumerable.Repeat(LoopbackApi.Stream(CutStart), 9)]);

        var call = calls.FailAsync();
        for (var replay = 0; replay < 2; replay++)
        {
            await calls.WaitingAsync();
            calls.Time.Advance(TimeSpan.FromSeconds(30));
        }
        var fault = await call;

        Assert.Equal(
            (ModelFault.CutStream, "The model's answer ended before its end. (3 tries)", new Usage(30, 3, 1500, 15, 60)),
            (fault.Fault, fault.Message, fault.Usage));
        Assert.Equal(3, calls.Api.Bodies.Length);
    }

    [Theory]
    [InlineData("overloaded_error", ModelFault.Overloaded)]
    [InlineData("api_error", ModelFault.ServerError)]
    [InlineData("timeout_error", ModelFault.Timeout)]
    [InlineData("rate_limit_error", ModelFault.RateLimited)]
    public async Task Call_ErrorWithinTheStream_IsReplayed(string type, ModelFault expected)
    {
        await using var calls = await Calls.StartAsync(
            LoopbackApi.Stream(CutStart, Sse.Text(0, "Hel"), Sse.Error(type, "Overloaded")),
            LoopbackApi.Stream(Sse.Hello));

        var call = calls.CallAsync();
        await calls.WaitingAsync();
        calls.Time.Advance(TimeSpan.FromSeconds(1));
        var answer = await call;

        Assert.Equal(("Hello", new Usage(10, 7, 0, 0)), (answer.Text, answer.Usage));
        Assert.Equal(expected, Assert.Single(calls.Activity.OfType<ModelActivity.Waiting>()).Fault);
    }

    [Fact]
    public async Task Call_ErrorWithinTheStreamThatStays_TellsTheServersWords()
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(CutStart, Sse.Error("invalid_request_error", $"bad {Calls.Key}")));

        var fault = await calls.FailAsync();

        Assert.Equal(
            (ModelFault.BadRequest, "The model's API broke off its answer: bad [key] (invalid_request_error)", "req_1"),
            (fault.Fault, fault.Message, fault.RequestId));
        Assert.DoesNotContain(Calls.Key, fault.ToString(), StringComparison.Ordinal);
    }
}
