using Planlane.Planning;
using Planlane.Testing;
using Planlane.Values;
using TempRepository = Planlane.Testing.TempRepository;

namespace Planlane.Runs;

/// <summary>What an agent whose brief names another task is sent.</summary>
public sealed class BriefReferenceTests
{
    private const string Fact = "Greetings end with an exclamation mark.";
    private const string Convention = "Lines have at most 80 letters.";

    // Long briefs are longer than what the agents share, so that each is told to its own agent alone.
    [Theory]
    [InlineData(0, true)]
    [InlineData(30_000, false)]
    public async Task Run_BriefThatNamesATask_ItsAgentSeesThatBriefAndTheConventions(int filler, bool isShared)
    {
        using var repository = TempRepository.With(("README.md", "# Sample\n"));
        var first = PlanDocument.Parse(Script.Plan());
        var more = string.Concat(Enumerable.Repeat("word ", filler / 5));
        var plan = first with
        {
            Conventions = Convention,
            Contracts = [],
            Tasks = first.Tasks.Select(task => task with
            {
                Reads = [],
                Brief = task.Id.Value switch { "greeter" => $"{Fact} {more}", "docs" => "Describe @greeter.", _ => $"Format. {more}" },
            }).ToValueList(),
        };
        var openings = new Dictionary<string, string>();
        var model = new ScriptedModel(request =>
        {
            if (request.Task is not { } task)
                return ScriptedAnswer.Says(PlanDocument.Write(plan));
            openings.TryAdd(task, string.Join('\n', request.Texts));
            return Script.Answer(request);
        });

        var end = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(RunOutcome.Completed, end.End?.Outcome);
        Assert.All(openings.Values, opening => Assert.Contains(Convention, opening, StringComparison.Ordinal));
        Assert.Equal((true, isShared), (openings["docs"].Contains(Fact, StringComparison.Ordinal), openings["formatter"].Contains(Fact, StringComparison.Ordinal)));
        Assert.Equal(!isShared, openings["docs"].Contains("What the tasks that it names are told:", StringComparison.Ordinal));
    }
}
