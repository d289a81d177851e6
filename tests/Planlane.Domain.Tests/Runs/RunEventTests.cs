using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Planlane.Runs;

public sealed class RunEventTests
{
    // Journals of every released version hold these names: add to the list, never change it.
    private static readonly string[] WireNames =
    [
        "agent.stopped", "agents.prepared", "attempt.ended", "call.hedged", "call.lost", "changes.landed", "commit.refused", "commits.made", "feedback.given", "file.requested", "landing.rebased", "plan.answered", "plan.checked",
        "plan.decided", "plan.given", "prefix.differed", "prefix.renewed", "prefix.warmed", "request.triaged", "review.decided", "review.viewed", "run.continued", "run.paused", "run.redone", "run.resumed", "run.started", "run.undone",
        "slots.changed", "step.begun", "step.ended", "step.failed", "task.checked", "task.reported", "turn.acted", "turn.answered", "work.combined", "workspaces.prepared",
    ];

    // The same holds for the cases of the closed sets that events carry.
    private static readonly string[] CaseNames =
    [
        "AnswerBlock.Text: text", "AnswerBlock.Thinking: thinking", "AnswerBlock.ToolCall: tool_call",
        "AttemptOutcome.Blocked: blocked", "AttemptOutcome.Completed: completed", "AttemptOutcome.Failed: failed", "AttemptOutcome.Incomplete: incomplete",
        "PlanDecision.Approved: approved", "PlanDecision.Edited: edited", "PlanDecision.Rejected: rejected", "PlanDecision.Revise: revise",
        "ReviewDecision.Approved: approved", "ReviewDecision.ChangesRequested: changes", "ReviewDecision.Rejected: rejected",
    ];

    private static readonly Type[] Cases = [.. typeof(RunEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RunEvent)))];

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static TheoryData<string> Names => [.. Cases.Select(type => type.FullName!)];

    [Fact]
    public void WireName_EveryCase_IsUniqueAndTheOneThatJournalsHold() => Assert.Equal(
        WireNames,
        Cases.Select(type => type.GetCustomAttribute<WireNameAttribute>()?.Name ?? $"{type.Name} has none").Order(StringComparer.Ordinal));

    [Fact]
    public void CaseNames_ClosedSets_AreTheOnesThatJournalsHold() => Assert.Equal(
        CaseNames,
        typeof(RunEvent).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(name => $"{type.Name}.{name.DerivedType.Name}: {name.TypeDiscriminator}"))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Cases_RunEvent_AreSealedAndLieInThePhaseThatEmitsThem() => Assert.All(Cases, type =>
    {
        Assert.True(type.IsSealed, type.Name);
        Assert.StartsWith("Planlane.", type.Namespace);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Json_EverySampleOfACase_ComesBackEqual(string name)
    {
        var type = Cases.Single(type => type.FullName == name);
        var samples = Samples.Of(type);

        Assert.NotEmpty(samples);
        foreach (var options in new[] { JsonSerializerOptions.Default, Readable })
            Assert.All(samples, sample => Assert.Equal(sample, JsonSerializer.Deserialize(JsonSerializer.Serialize(sample, type, options), type, options)));
    }

    [Fact]
    public void Samples_AnyCase_DifferFromEachOther() =>
        Assert.All(Cases.Where(type => type.GetConstructors().Any(constructor => constructor.GetParameters().Length > 0)), type => Assert.True(Samples.Of(type).Distinct().Count() > 1, type.Name));

    [Fact]
    public void Apply_SequenceThatDoesNotFollow_Throws()
    {
        var state = Some.Started();

        Assert.Throws<InvalidOperationException>(() => state.Apply(new RecordedEvent(1, Some.Start, new RunResumed(null))));
        Assert.Throws<InvalidOperationException>(() => state.Apply(new RecordedEvent(3, Some.Start, new RunResumed(null))));
    }

    [Fact]
    public void Apply_TimesOfEvents_AreKeptWithTheTimeThatHumansTook()
    {
        var state = Some.Planned(Some.Plan(Some.Task("a")));

        var decided = state.Apply(new RecordedEvent(3, state.LastAt.AddMinutes(5), new Approval.PlanDecided(new Approval.PlanDecision.Approved(), "user")));

        Assert.Equal((Some.Start, Some.Start.AddSeconds(1).AddMinutes(5), 300), (decided.StartedAt, decided.LastAt, decided.HumanSeconds));
    }

    [Theory]
    [InlineData(-3, null, 0)]
    [InlineData(-3, 7.5, 7.5)]
    [InlineData(3, 7.5, 7.5)]
    [InlineData(3, null, 3 * 86_400)]
    public void Apply_ClockWasSetByDays_CountsWhatTheOtherClockMeasuredAndNeverLessThanNothing(int days, double? elapsed, double seconds)
    {
        var state = Some.Planned(Some.Plan(Some.Task("a")));

        var decided = state.Apply(new RecordedEvent(3, state.LastAt.AddDays(days), new Approval.PlanDecided(new Approval.PlanDecision.Approved(), "user")) { Elapsed = elapsed });

        Assert.Equal((seconds, state.Seconds + seconds), (decided.HumanSeconds, decided.Seconds));
    }

    [Fact]
    public void Apply_DecidedByRule_CountsNoTimeOfHumans()
    {
        var state = Some.Planned(Some.Plan(Some.Task("a")));

        var decided = state.Apply(new RecordedEvent(3, state.LastAt.AddSeconds(3), new Approval.PlanDecided(new Approval.PlanDecision.Approved(), Reviews.ReviewRules.Auto)));

        Assert.Equal(0, decided.HumanSeconds);
    }

    [Fact]
    public void Task_UnknownId_Throws() => Assert.Throws<KeyNotFoundException>(() => Some.Started().Task(new("ghost")));
}
