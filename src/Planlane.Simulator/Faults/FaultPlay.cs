using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Faults;

/// <summary>What a fault makes of an answer.</summary>
internal static class FaultPlay
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);
    private const double BytesPerToken = Planlane.Budgets.TokenCount.BytesPerToken;

    public static void ThrowEarly(Fault? fault, bool stream)
    {
        if (fault is Fault.Http http)
        {
            var type = ApiException.TypeOf(http.Code);
            throw new ApiException(http.Code, type, http.Message ?? MessageOf(type)) { RetryAfter = http.RetryAfter, Code = http.ErrorCode };
        }

        if (fault is Fault.StreamError error && !stream)
            throw new ApiException(error.Type == "overloaded_error" ? 529 : 500, error.Type, MessageOf(error.Type));
    }

    public static async Task BadGatewayAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = 502;
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync("<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>\r\n", cancellationToken);
    }

    /// <summary>Whether the answer ends in its middle.</summary>
    public static bool Interrupts(Fault? fault) => fault is Fault.StreamError or Fault.CutOff or Fault.Reset;

    /// <summary>The answer under the fault; the script is asked only when its answer counts.</summary>
    public static Answer Change(Fault? fault, Func<Answer> script, Func<string> nextId) => fault switch
    {
        Fault.Refusal refusal => new Answer([], "refusal") { RefusalCategory = refusal.Category },
        Fault.Says says => new Answer(says.Text.Length == 0 ? [] : [new AnswerBlock.Text(says.Text)], says.StopReason),
        Fault.Calls calls => new Answer([.. calls.Tools.Select(call => new AnswerBlock.ToolUse(nextId(), call.Name, call.Input))], "tool_use"),
        Fault.OutputLimit limit => Cut(script(), limit.Tokens),
        Fault.Malformed => Halved(script()),
        Fault.LateRefusal refusal => Refused(script(), refusal.Category),
        _ => script(),
    };

    /// <summary>The answer cut off at a number of output tokens; unchanged when it is not longer.</summary>
    public static Answer Cut(Answer answer, int maxTokens)
    {
        var left = maxTokens;
        var kept = new List<AnswerBlock>();
        foreach (var block in answer.Blocks)
        {
            var tokens = Message.Tokens(block);
            if (tokens <= left)
            {
                kept.Add(block);
                left -= tokens;
                continue;
            }

            if (Shorter(block, left) is { } rest)
                kept.Add(rest);
            return answer with { Blocks = kept, StopReason = "max_tokens" };
        }

        return answer;
    }

    /// <summary>The events as the fault changes them: with the pause of a stall in their middle, with strangers among them.</summary>
    public static List<TimedEvent> Change(List<TimedEvent> events, Fault? fault) => fault switch
    {
        Fault.Stall stall => Paused(events, stall),
        Fault.SlowHeaders slow => [.. events.Select(next => next with { Due = next.Due + slow.Duration })],
        Fault.UnknownEvents => Strange(events),
        _ => events,
    };

    public static TimeSpan StallOf(Fault? fault) => fault switch
    {
        Fault.Stall stall => stall.Duration,
        Fault.SlowHeaders slow => slow.Duration,
        _ => TimeSpan.Zero,
    };

    public static string MessageOf(string type) => type switch
    {
        "authentication_error" => "invalid x-api-key",
        "rate_limit_error" => "This request would exceed your account's rate limit. Please try again later.",
        "billing_error" => "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.",
        "permission_error" => "Your API key does not have permission to use the specified resource",
        "conflict_error" => "The request conflicts with another one",
        "overloaded_error" => "Overloaded",
        "timeout_error" => "Request timed out",
        _ => "Internal server error",
    };

    private static List<TimedEvent> Paused(List<TimedEvent> events, Fault.Stall stall)
    {
        var at = events.Count / 2;
        var begin = events[Math.Max(0, at - 1)].Due;
        var pings = stall.Pings ? (int)(stall.Duration / PingEvery) : 0;
        return
        [
            .. events.Take(at),
            .. Enumerable.Range(1, pings).Select(ping => new TimedEvent(begin + (PingEvery * ping), "ping", new JsonObject { ["type"] = "ping" })),
            .. events.Skip(at).Select(next => next with { Due = next.Due + stall.Duration }),
        ];
    }

    private static List<TimedEvent> Strange(List<TimedEvent> events) => [.. events.SelectMany((next, at) =>
    {
        // The last one ends the stream: nothing may follow it.
        if (at == 0 || at == events.Count - 1)
            return [next];
        next.Data["new_member"] = new JsonObject { ["any"] = 1 };
        var ping = new TimedEvent(next.Due, "ping", new JsonObject { ["type"] = "ping" });
        return new[] { next, new TimedEvent(next.Due, "message_hint", new JsonObject { ["type"] = "message_hint", ["hint"] = "unknown" }), ping, ping with { Data = new JsonObject { ["type"] = "ping" } } };
    })];

    private static Answer Refused(Answer answer, string category)
    {
        var half = Cut(answer, Math.Max(1, answer.Blocks.Sum(Message.Tokens) / 2));
        return half with { Blocks = [.. half.Blocks.Where(block => block is AnswerBlock.Text)], StopReason = "refusal", RefusalCategory = category };
    }

    private static AnswerBlock? Shorter(AnswerBlock block, int tokens)
    {
        var bytes = (int)(tokens * BytesPerToken);
        return block switch
        {
            AnswerBlock.Text text when Head(text.Value, bytes) is { Length: > 0 } head => new AnswerBlock.Text(head),
            AnswerBlock.ToolUse use when Head(use.Input, bytes - Encoding.UTF8.GetByteCount(use.Name)) is { Length: > 0 } head => use with { Input = head, Cut = true },
            _ => null,
        };
    }

    private static string Head(string text, int bytes)
    {
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((bytes -= rune.Utf8SequenceLength) < 0)
                break;
            end += rune.Utf16SequenceLength;
        }

        return text[..end];
    }

    private static Answer Halved(Answer answer)
    {
        var at = answer.Blocks.Index().FirstOrDefault(block => block.Item is AnswerBlock.Text, (-1, null!)).Index;
        if (at < 0)
            return answer;
        var text = ((AnswerBlock.Text)answer.Blocks[at]).Value;
        return answer with { Blocks = [.. answer.Blocks.Take(at), new AnswerBlock.Text(Head(text, Encoding.UTF8.GetByteCount(text) / 2)), .. answer.Blocks.Skip(at + 1)] };
    }
}
