using Planlane.Cli.Dialogue;
using Planlane.Cli.Output;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Support;

/// <summary>A run of three agents in a real repository whose work waits for a review: a file changed in two places, two new files of which one uses the other.</summary>
internal sealed class ReviewedRun : IAsyncDisposable
{
    private const string Request = "Add hashing with a policy and docs";

    private readonly TempRepository _repository = TempRepository.With(("README.md", "# Shop\n"), ("src/auth/hash.js", Text(line => $"  step({line})")));

    private ReviewedRun()
    {
    }

    public static TaskId Hash { get; } = new("hash");

    public static TaskId Policy { get; } = new("policy");

    public static TaskId Docs { get; } = new("docs");

    public static RepoPath HashFile { get; } = new("src/auth/hash.js");

    public RunState State { get; private set; } = RunState.Empty;

    public Review Review { get; private set; } = null!;

    public ReviewDoor Door { get; private set; } = null!;

    public List<string> Marked { get; } = [];

    /// <param name="model">Answers in place of the usual one; null for that.</param>
    /// <param name="harness">Decides on the first review; null to leave it open.</param>
    public static async Task<ReviewedRun> StartAsync(Func<ScriptedRequest, ScriptedAnswer?>? model = null, Func<RunState, ReviewDoor, Task<ReviewDecision?>>? harness = null)
    {
        var made = new ReviewedRun();
        var run = new RunHarness(made._repository, new ScriptedModel(request => model?.Invoke(request) ?? Answer(request))) { OnReview = _ => null, Reviewing = harness };
        made.State = await run.RunAsync(Request, cancellationToken: TestContext.Current.CancellationToken);
        made.Door = (await run.OpenAsync(TestContext.Current.CancellationToken)).OpenReviews();
        made.Review = await made.Door.ReadAsync(made.State, TestContext.Current.CancellationToken);
        return made;
    }

    /// <summary>The review as a dialogue has it.</summary>
    public OpenReview Open() => new(State, Review, Door, (files, isViewed) =>
    {
        Marked.AddRange(files.Select(file => $"{(isViewed ? "" : "not ")}{file.Path}"));
        return Task.CompletedTask;
    });

    /// <summary>The decision that comes of what somebody types, and what was shown.</summary>
    public async Task<(ReviewDecision? Decision, string Screen)> AskAsync(string typed, Func<string, string?>? variable = null, Pager? pager = null, Glyphs? glyphs = null)
    {
        using var console = new Spectre.Console.Testing.TestConsole();
        console.Profile.Width = 80;
        var answers = new Answers(new Screen(console, glyphs ?? Glyphs.Plain), new StringReader(typed));
        var reading = new ReviewReading(answers.Screen, new UserEditor(answers.Screen, variable ?? (_ => null))) { Pager = pager ?? Pager.None };
        var decision = await new ReviewPrompt(answers, Open(), reading).AskAsync(TestContext.Current.CancellationToken);
        return (decision, console.Output);
    }

    public async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync();
        _repository.Dispose();
    }

    private static ScriptedAnswer Answer(ScriptedRequest request) => request.Task switch
    {
        null => ScriptedAnswer.Says(Plan),
        "hash" => ScriptedAnswer.Writes(HashFile.Value, Text(line => line is 3 or 30 ? $"  step({line}, 'scrypt')" : $"  step({line})")).AndFinishes("Hashes with scrypt"),
        "policy" => ScriptedAnswer.Writes("src/auth/policy.js", "import { hash } from './hash.js'\n\nexport const policy = { hash }\n").AndFinishes("Wrote the policy"),
        _ => ScriptedAnswer.Writes("docs/auth.md", "# Hashing\n\nWith scrypt.\n").AndFinishes("Wrote the docs"),
    };

    private static string Text(Func<int, string> line) => $"export function hash() {{\n{string.Concat(Enumerable.Range(2, 38).Select(number => line(number) + "\n"))}}}\n";

    private static string Plan => System.Text.Json.JsonSerializer.Serialize(new
    {
        version = 1,
        suitability = new { orchestrate = true, reason = "Three files with clear seams." },
        stages = new[] { "Parts" },
        contracts = Array.Empty<object>(),
        tasks = new[] { Planned("hash", "src/auth/hash.js", "Hash with scrypt"), Planned("policy", "src/auth/policy.js", "Write the policy"), Planned("docs", "docs/auth.md", "Document it") },
        checks = new[] { new { name = "test", command = "test -f docs/auth.md" } },
        covers = Array.Empty<object>(),
    });

    private static object Planned(string id, string owns, string title) => new
    {
        id,
        title,
        brief = $"Write {owns}.",
        owns = new[] { owns },
        reads = Array.Empty<string>(),
        dependsOn = Array.Empty<string>(),
        acceptance = new[] { $"{owns} exists" },
        check = (string?)null,
        estimate = new { minutes = 1, outputTokens = 100 },
        commitMessage = title,
    };
}
