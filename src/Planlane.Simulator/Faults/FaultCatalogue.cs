using System.Globalization;
using Planlane.Runs;
using Planlane.Simulator.Limits;

namespace Planlane.Simulator.Faults;

/// <summary>The faults that have a name, and plans written in words.</summary>
public static class FaultCatalogue
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(20);

    /// <summary>The faults by their names.</summary>
    public static IReadOnlyDictionary<string, Fault> All { get; } = new SortedDictionary<string, Fault>(StringComparer.Ordinal)
    {
        ["401"] = new Fault.Http(401),
        ["402"] = new Fault.Http(402),
        ["403"] = new Fault.Http(403),
        ["408"] = new Fault.Http(408),
        ["409"] = new Fault.Http(409),
        ["429"] = new Fault.Http(429, TimeSpan.FromSeconds(7)),
        ["429-long"] = new Fault.Http(429, TimeSpan.FromSeconds(90)),
        ["500"] = new Fault.Http(500),
        ["502"] = new Fault.BadGateway(),
        ["504"] = new Fault.Http(504),
        ["529"] = new Fault.Http(529),
        ["context-exceeded"] = new Fault.Says("I", "model_context_window_exceeded"),
        ["cut"] = new Fault.CutOff(),
        ["empty"] = new Fault.Says(""),
        ["late-refusal"] = new Fault.LateRefusal(),
        ["malformed"] = new Fault.Malformed(),
        ["max-tokens"] = new Fault.OutputLimit(),
        ["no-answer"] = new Fault.NoAnswer(),
        ["own-limit"] = new Fault.Http(400, Message: "You have reached your specified API usage limits. You will regain access on the first day of the next month at 00:00 UTC."),
        ["pause-turn"] = new Fault.Says("I go on in a moment.", "pause_turn"),
        ["refusal"] = new Fault.Refusal(),
        ["reset"] = new Fault.Reset(),
        ["slow-headers"] = new Fault.SlowHeaders(Short),
        ["small-pieces"] = new Fault.SmallPieces(),
        ["spend-cap"] = new Fault.Http(429, ErrorCode: Spending.CapCode),
        ["stall"] = new Fault.Stall(Long),
        ["stall-pings"] = new Fault.Stall(Long, Pings: true),
        ["stream-error"] = new Fault.StreamError(),
        ["unknown-events"] = new Fault.UnknownEvents(),

        // Mistakes of models, by the names of the taxonomy MAST where it has one.
        ["bad-anchor"] = new Fault.Mistake(nameof(Imperfection.BadAnchor)),
        ["broken-code"] = new Fault.Mistake(nameof(Imperfection.BrokenCode)),
        ["disobeys-task"] = new Fault.Mistake(nameof(Imperfection.OutsideLane)),
        ["missing-verification"] = new Fault.Mistake(nameof(Imperfection.NoEvidence)),
        ["premature-termination"] = new Fault.Mistake(nameof(Imperfection.EarlyStop)),
        ["reasoning-action-mismatch"] = new Fault.Mistake(nameof(Imperfection.SaysOnly)),
        ["false-done"] = new Fault.Mistake(nameof(Imperfection.FalseDone)),
        ["step-repetition"] = new Fault.Mistake(nameof(Imperfection.Loop)),
        ["unaware-of-termination"] = new Fault.Mistake(nameof(Imperfection.NoEnd)),
        ["wrong-verification"] = new Fault.Mistake(nameof(Imperfection.WrongEvidence)),
    };

    /// <summary>Adds what words say to a plan: a name for the next call, <c>NAME*3</c> for the next three, <c>NAME=0.05</c> for a share of all; <c>:agent</c>, <c>:planner</c> or <c>:TASK</c> after it for some calls only.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="words">Such as <c>529=0.05:agent</c>.</param>
    /// <exception cref="PlanlaneException">The words name no fault, or no count or share.</exception>
    public static FaultPlan Add(this FaultPlan plan, string words)
    {
        var (what, whom) = Divide(words, ':');
        var (role, task) = whom switch
        {
            null => ((CallRole?)null, (Values.TaskId?)null),
            "agent" => (CallRole.Agent, null),
            "planner" => (CallRole.Planner, null),
            "triage" => (CallRole.Triage, null),
            _ => (CallRole.Agent, new Values.TaskId(whom)),
        };
        var (shared, rate) = Divide(what, '=');
        var (name, count) = Divide(shared, '*');
        if (!All.TryGetValue(name, out var fault))
            throw Wrong(words, $"there is no fault '{name}'; known are {string.Join(", ", All.Keys)}");
        if (rate is null)
            return plan.Next(fault, count is null ? 1 : int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var calls) && calls > 0 ? calls : throw Wrong(words, $"'{count}' is no count of calls"), role, task);
        return double.TryParse(rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 && count is null
            ? plan.Often(fault, share, role, task)
            : throw Wrong(words, $"'{rate}' is no share from 0 to 1");
    }

    private static (string Head, string? Tail) Divide(string text, char at) =>
        text.IndexOf(at) is var place and >= 0 ? (text[..place], text[(place + 1)..]) : (text, null);

    private static PlanlaneException Wrong(string words, string why) =>
        new(FaultKind.Usage, $"'{words}' is no plan of faults: {why}.", "Write a name, NAME*COUNT or NAME=SHARE, and :agent, :planner, :triage or :TASK after it.");
}
