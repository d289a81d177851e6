using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Planlane.Simulator.Caching;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Limits;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Scripting;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator;

/// <summary>Answers <c>POST /v1/messages</c>.</summary>
internal sealed class MessagesEndpoint(SimulatorOptions options, CallLog log)
{
    private readonly PromptCache _cache = new(options.TimeProvider);
    private readonly RateLimiter _limiter = new(options.RateLimits, options.Speed, options.TimeProvider);
    private readonly ScriptedModel _model = new(options.Scenario, options.Faults);
    private readonly Dictionary<string, int> _sightings = [];
    private int _active;

    public async Task HandleAsync(HttpContext context, string body, string requestId, CancellationToken cancellationToken)
    {
        var number = log.Begin(body, options.TimeProvider.GetUtcNow());
        var pace = new Pace(options.TimeProvider, options.Speed);
        Interlocked.Increment(ref _active);
        try
        {
            await AnswerAsync(context, number, body, requestId, pace, cancellationToken);
        }
        catch (ApiException error) when (!context.Response.HasStarted)
        {
            log.Change(number, call => call with { Status = error.Status, FirstByteAt = options.TimeProvider.GetUtcNow() });
            End(number);
            await Replies.ErrorAsync(context, error, requestId, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _active);
            End(number);
        }
    }

    private async Task AnswerAsync(HttpContext context, int number, string body, string requestId, Pace pace, CancellationToken cancellationToken)
    {
        var request = RequestReader.Read(Replies.Parse(body), counting: false);
        var (role, task) = ScriptedModel.Asker(request);
        var fault = options.FaultPlan.Take(role, task);
        log.Change(number, call => call with { Model = request.Model.Id, Role = role, Task = task, Turn = request.Turns.Count(turn => !turn.IsUser) + 1, Fault = fault?.GetType().Name });
        foreach (var (name, value) in _limiter.Headers(request.Model.Id))
            context.Response.Headers[name] = value;
        FaultPlay.ThrowEarly(fault, request.Stream);
        if (fault is Fault.BadGateway)
        {
            log.Change(number, call => call with { Status = 502, FirstByteAt = options.TimeProvider.GetUtcNow() });
            End(number);
            await FaultPlay.BadGatewayAsync(context, cancellationToken);
            return;
        }

        var use = _cache.Look(request.Prompt);
        Admit(context, request, use);
        var random = new Random(SeedOf(request.Prompt.Key));
        var answer = Limited(FaultPlay.Change(fault, () => Script(request, random), () => Ids.Next("toolu_01", random)), request.MaxTokens);
        var latency = Latency.Draw(request.Model.Family, use.Usage.Fresh, use.Usage.CacheRead, Volatile.Read(ref _active), random);
        var usage = use.Usage with { Output = answer.Blocks.Sum(Message.Tokens) };
        var message = new Message(Ids.Next("msg_01", random), request.Model, answer, usage);
        var reply = new Reply(context, number, request, message, use, latency, pace, fault, requestId);
        await (request.Stream ? StreamAsync(reply, random, cancellationToken) : WholeAsync(reply, cancellationToken));
    }

    private async Task WholeAsync(Reply reply, CancellationToken cancellationToken)
    {
        var usage = reply.Message.Usage;
        await reply.Pace.UntilAsync(reply.Latency.After(usage.Output) + FaultPlay.StallOf(reply.Fault), cancellationToken);
        if (reply.Fault is Fault.CutOff or Fault.Reset)
        {
            reply.Context.Abort();
            return;
        }

        Began(reply);
        Complete(reply);
        await Replies.JsonAsync(reply.Context, 200, reply.Message.ToJson(), cancellationToken);
    }

    private async Task StreamAsync(Reply reply, Random random, CancellationToken cancellationToken)
    {
        var eager = reply.Request.Tools.Where(tool => tool.Eager).Select(tool => tool.Name).ToHashSet();
        var events = TimedEvents.Of(reply.Message, eager, reply.Latency, random);
        var stream = new EventStream(reply.Context, reply.Pace);
        if (!FaultPlay.Interrupts(reply.Fault))
        {
            await stream.PlayAsync(FaultPlay.Delay(events, reply.Fault), () => Began(reply), () => Complete(reply), cancellationToken);
            return;
        }

        await stream.PlayAsync([.. events.Take(Math.Max(2, events.Count / 2))], () => Began(reply), () => End(reply.Number), cancellationToken);
        if (reply.Fault is Fault.StreamError error)
        {
            stream.Write("error", Replies.Error(error.Type, FaultPlay.MessageOf(error.Type), reply.RequestId));
            await reply.Context.Response.BodyWriter.FlushAsync(cancellationToken);
        }

        if (reply.Fault is Fault.Reset)
            reply.Context.Abort();
    }

    private Answer Script(MessagesRequest request, Random random) =>
        request.MaxTokens == 0 ? new Answer([], "max_tokens") : _model.Answer(request, () => Ids.Next("toolu_01", random));

    private static Answer Limited(Answer answer, int maxTokens) => maxTokens == 0 ? answer : FaultPlay.Cut(answer, maxTokens);

    private void Admit(HttpContext context, MessagesRequest request, CacheUse use)
    {
        try
        {
            _limiter.Admit(request.Model.Id, use.Usage);
        }
        finally
        {
            foreach (var (name, value) in _limiter.Headers(request.Model.Id))
                context.Response.Headers[name] = value;
        }
    }

    private void Began(Reply reply)
    {
        _cache.Write(reply.Use);
        log.Change(reply.Number, call => call with { Status = 200, Usage = reply.Message.Usage with { Output = 0 }, FirstByteAt = options.TimeProvider.GetUtcNow() });
    }

    private void Complete(Reply reply)
    {
        _limiter.Generated(reply.Request.Model.Id, reply.Message.Usage.Output);
        log.Change(reply.Number, call => call with { Usage = reply.Message.Usage, StopReason = reply.Message.Answer.StopReason });
        End(reply.Number);
    }

    // Known before the client can see the end, so that who has read an answer finds it in the log.
    private void End(int number) => log.Change(number, call => call with { EndedAt = call.EndedAt ?? options.TimeProvider.GetUtcNow() });

    // The same conversation draws the same numbers in whatever order the agents come; asked again, it draws others.
    private int SeedOf(string key)
    {
        int sighting;
        lock (_sightings)
            sighting = _sightings[key] = _sightings.GetValueOrDefault(key) + 1;
        return BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Seed}/{sighting}/{key}")));
    }

    private sealed record Reply(
        HttpContext Context, int Number, MessagesRequest Request, Message Message, CacheUse Use, Latency Latency, Pace Pace, Fault? Fault, string RequestId);
}
