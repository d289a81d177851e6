using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Planlane.Simulator.Batches;
using Planlane.Simulator.Caching;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Limits;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Scripting;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator;

/// <summary>Answers <c>POST /v1/messages</c>.</summary>
internal sealed class MessagesEndpoint(SimulatorOptions options, CallLog log)
{
    private const decimal BatchPrice = 0.5m;

    private readonly PromptCache _cache = new(options.TimeProvider);
    private readonly RateLimiter _limiter = new(options.RateLimits, options.Speed, options.TimeProvider);
    private readonly ScriptedModel _model = new(options.Scenario, options.Faults, options.Weakness.MendsByEdit, options.Alone, options.SingleIsOneByOne);
    private readonly Dictionary<string, int> _sightings = [];
    private int _active;
    private readonly HashSet<int> _admitted = [];

    public async Task HandleAsync(HttpContext context, string body, string requestId, string workspace, CancellationToken cancellationToken)
    {
        var number = log.Begin(body, options.TimeProvider.GetUtcNow());
        var pace = new Pace(options.TimeProvider, options.Speed);
        Interlocked.Increment(ref _active);
        try
        {
            await AnswerAsync(context, number, body, requestId, workspace, pace, cancellationToken);
        }
        catch (ApiException error) when (!context.Response.HasStarted)
        {
            log.Change(number, call => call with { Status = error.Status, RetryAfter = Replies.RetryAfter(error), IsTerminal = Spending.IsTerminal(error), FirstByteAt = options.TimeProvider.GetUtcNow() });
            End(number);
            await Replies.ErrorAsync(context, error, requestId, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _active);
            End(number);
        }
    }

    private async Task AnswerAsync(HttpContext context, int number, string body, string requestId, string workspace, Pace pace, CancellationToken cancellationToken)
    {
        var request = RequestReader.Read(Replies.Parse(body), counting: false, workspace);
        var (role, random, fault) = Note(number, request);
        TellLimits(context, request.Model);
        if (await RefuseAsync(context, number, request.Stream, fault, cancellationToken))
            return;

        var use = _cache.Look(request.Prompt);
        Enter(number);
        Admit(context, request, use);
        var answer = Script(request, role, fault, number, random);
        var latency = Latency.Draw(options.Latency, request.Model.Family, use.Usage.Fresh, use.Usage.CacheRead, Volatile.Read(ref _active), random);
        var usage = use.Usage with { Output = answer.Blocks.Sum(Message.Tokens) };
        var message = new Message(Ids.Next("msg_01", random), request.Model, answer, usage);
        var reply = new Reply(context, number, request, message, use, latency, pace, fault, requestId);
        await (request.Stream ? StreamAsync(reply, random, cancellationToken) : WholeAsync(reply, cancellationToken));
    }

    /// <summary>Answers a request of a batch: at half the price, without limits of its own, and without a stream that could break.</summary>
    /// <param name="batched">The request.</param>
    /// <param name="workspace">Whose cache it reads.</param>
    /// <returns>The result, and how long it took at speed 1.</returns>
    public (BatchResult Result, TimeSpan Took) Batched(BatchRequest batched, string workspace)
    {
        var number = log.Begin(batched.Body, options.TimeProvider.GetUtcNow());
        try
        {
            var request = RequestReader.Read(Replies.Parse(batched.Body), counting: false, workspace);
            if (request.Stream || request.MaxTokens == 0)
                throw ApiException.Invalid(request.Stream ? "stream: streaming is not supported in batches" : "max_tokens: 0 is not allowed in batches");
            var (role, random, fault) = Note(number, request);
            log.Change(number, call => call with { IsBatched = true, PriceFactor = call.PriceFactor * BatchPrice });
            FaultPlay.ThrowEarly(fault, stream: false);
            var use = _cache.Look(request.Prompt);
            var answer = Script(request, role, fault, number, random);
            var message = new Message(Ids.Next("msg_01", random), request.Model, answer, use.Usage with { Output = answer.Blocks.Sum(Message.Tokens) }) { Tier = "batch" };
            var latency = Latency.Draw(options.Latency, request.Model.Family, use.Usage.Fresh, use.Usage.CacheRead, 1, random);
            _cache.Write(use);
            log.Change(number, call => call with { Status = 200, Usage = message.Usage, StopReason = answer.StopReason, FirstByteAt = options.TimeProvider.GetUtcNow() });
            return (new BatchResult(batched.CustomId, BatchResult.Succeeded, message.ToJson().ToJsonString(WireJson.Compact)), latency.After(message.Usage.Output));
        }
        catch (ApiException error)
        {
            log.Change(number, call => call with { Status = error.Status, IsTerminal = Spending.IsTerminal(error) });
            var told = Replies.Error(error.Type, error.Message, Ids.Next("req_01", new Random(number)), error.Code);
            return (new BatchResult(batched.CustomId, BatchResult.Errored, told.ToJsonString(WireJson.Compact)), TimeSpan.Zero);
        }
        finally
        {
            End(number);
        }
    }

    private (CallRole Role, Random Random, Fault? Fault) Note(int number, MessagesRequest request)
    {
        var (role, task) = ScriptedModel.Asker(request);
        var random = new Random(SeedOf(request.Prompt.Key));
        var fault = options.FaultPlan.Take(role, task, new Random(random.Next()));
        log.Change(number, call => call with
        {
            Model = request.Model.Id,
            Role = role,
            Task = task,
            Turn = request.Turns.Count(turn => !turn.IsUser) + 1,
            Fault = fault?.GetType().Name,
            PriceFactor = options.PriceRise is { } rise && number > rise.AfterCalls ? rise.Factor : 1,
            PromptKey = request.Prompt.Key,
            PrefixKey = request.Prompt.PrefixKey,
        });
        return (role, random, fault);
    }

    // Faults that come before the model is asked; true when one of them was the answer.
    private async Task<bool> RefuseAsync(HttpContext context, int number, bool stream, Fault? fault, CancellationToken cancellationToken)
    {
        FaultPlay.ThrowEarly(fault, stream);
        if (fault is Fault.NoAnswer)
        {
            End(number);
            context.Abort();
            return true;
        }

        if (fault is not Fault.BadGateway)
            return false;
        log.Change(number, call => call with { Status = 502, FirstByteAt = options.TimeProvider.GetUtcNow() });
        End(number);
        await FaultPlay.BadGatewayAsync(context, cancellationToken);
        return true;
    }

    private async Task WholeAsync(Reply reply, CancellationToken cancellationToken)
    {
        var usage = reply.Message.Usage;
        await reply.Pace.UntilAsync(reply.Latency.After(usage.Output) + reply.Latency.Stall + FaultPlay.StallOf(reply.Fault), cancellationToken);
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
        var stream = new EventStream(reply.Context, reply.Pace, reply.Fault is Fault.SmallPieces pieces ? pieces.Bytes : 0);
        if (!FaultPlay.Interrupts(reply.Fault))
        {
            await stream.PlayAsync(FaultPlay.Change(events, reply.Fault), () => Began(reply), () => Complete(reply), cancellationToken);
            return;
        }

        await stream.PlayAsync([.. events.Take(Math.Max(2, events.Count / 2))], () => Began(reply), () => End(reply.Number), cancellationToken);
        if (reply.Fault is Fault.StreamError error)
        {
            await stream.WriteAsync("error", Replies.Error(error.Type, FaultPlay.MessageOf(error.Type), reply.RequestId), cancellationToken);
            await reply.Context.Response.BodyWriter.FlushAsync(cancellationToken);
        }

        if (reply.Fault is Fault.Reset)
            reply.Context.Abort();
    }

    private Answer Script(MessagesRequest request, CallRole role, Fault? fault, int number, Random random)
    {
        string NextId() => Ids.Next("toolu_01", random);
        var answer = FaultPlay.Change(fault, () => request.MaxTokens == 0 ? new Answer([], "max_tokens") : _model.Answer(request, NextId), NextId);
        if (fault is null or Fault.Mistake && role == CallRole.Agent && request.MaxTokens > 0)
        {
            var rates = request.Model.Family == ModelFamily.Haiku ? options.SmallModels : options.LargeModels;
            (answer, var mistake) = fault is Fault.Mistake planned
                ? Mistakes.Make(answer, planned.Name, NextId)
                : Mistakes.Make(answer, rates, new Random(SeedOf($"mistakes/{request.Prompt.Key}")), NextId);
            (answer, var weakness) = WeaknessPlay.Play(answer, options.Weakness, request.Model.Family == ModelFamily.Haiku, ScriptedModel.Asker(request).Task!.Value, options.Seed, AgentMemory.Of(request.Turns));
            log.Change(number, call => call with { Mistake = mistake ?? weakness });
        }

        return request.MaxTokens == 0 ? answer : FaultPlay.Cut(answer, request.MaxTokens);
    }

    private void Enter(int number)
    {
        lock (_admitted)
        {
            if (_admitted.Count >= options.RateLimits.AtOnce)
                throw RateLimiter.TooManyAtOnce();
            _admitted.Add(number);
        }
    }

    private void Admit(HttpContext context, MessagesRequest request, CacheUse use)
    {
        try
        {
            if (options.Prices.Count > 0 && options.RateLimits is { SpendCap: not null } or { OwnLimit: not null })
                Spending.Require(options.RateLimits, Ledger.Of(log.Snapshot(), options.Prices).Cost, options.TimeProvider.GetUtcNow());
            _limiter.Admit(request.Model, use.Usage);
        }
        finally
        {
            TellLimits(context, request.Model);
        }
    }

    private void TellLimits(HttpContext context, ServedModel model)
    {
        foreach (var (name, value) in _limiter.Headers(model))
            context.Response.Headers[name] = value;
    }

    private void Began(Reply reply)
    {
        _cache.Write(reply.Use);
        log.Change(reply.Number, call => call with { Status = 200, Usage = reply.Message.Usage with { Output = Math.Min(Message.StubTokens, reply.Message.Usage.Output) }, FirstByteAt = options.TimeProvider.GetUtcNow() });
    }

    private void Complete(Reply reply)
    {
        _limiter.Generated(reply.Request.Model, reply.Message.Usage.Output);
        log.Change(reply.Number, call => call with { Usage = reply.Message.Usage, StopReason = reply.Message.Answer.StopReason });
        End(reply.Number);
    }

    // Known before the client can see the end, so that who has read an answer finds it in the log.
    private void End(int number)
    {
        lock (_admitted)
            _admitted.Remove(number);
        log.Change(number, call => call with { EndedAt = call.EndedAt ?? options.TimeProvider.GetUtcNow() });
    }

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
