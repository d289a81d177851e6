using Planlane.Cli.Dialogue;
using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Dialogue;

/// <summary>Edits with a real editor's process: a shell script that changes the file.</summary>
public sealed class PlanEditorTests
{
    private const string Document = """{"tasks":[{"id":"one","brief":"Write it.","owns":["src/one.txt"]},{"id":"two","brief":"Write it.","owns":["src/two.txt"]},{"id":"three","brief":"Write it.","owns":["src/three.txt"]}]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Edit_MistypedMember_IsToldWithItsPlaceAndTheEditIsKept()
    {
        using var waiting = await WaitingRun.StartAsync();
        var editor = waiting.Editor("sed -i 's/\"brief\"/\"breif\"/'", "sed -i 's/\"breif\"/\"brief\"/; s/src.two/src\\/second/'");

        var first = await editor.EditAsync(waiting.State, Token);
        var second = await editor.EditAsync(waiting.State, Token);

        Assert.Null(first);
        Assert.Matches(@"line \d+, column 7: 'breif' is no member of /tasks/0; did you mean 'brief'\? \(members-known\)", waiting.Told);
        Assert.Contains("Your edit is kept in ", waiting.Told);
        Assert.Equal(["src/one.txt", "src/second.txt", "src/three.txt"], second!.Plan.Tasks.Select(task => task.Owns.ToString()));
    }

    [Fact]
    public async Task Edit_UnknownDependency_IsToldByTheRule()
    {
        using var waiting = await WaitingRun.StartAsync();

        Assert.Null(await waiting.Editor("sed -i 's/\"outputTokens\"/\"dependsOn\": [\"nobody\"], \"outputTokens\"/'").EditAsync(waiting.State, Token));

        Assert.Matches(@"line \d+, column \d+: .*'nobody'.*\(dependencies-exist\)", waiting.Told);
    }

    [Fact]
    public async Task Edit_ConventionsAndATitle_AreTakenAndTheTitleIsTheCommitsToo()
    {
        using var waiting = await WaitingRun.StartAsync();

        var edited = await waiting.Editor("sed -i 's/\"conventions\": \"\"/\"conventions\": \"No comments.\"/; s/\"title\": \"Two\"/\"title\": \"Add the second\"/'").EditAsync(waiting.State, Token);

        Assert.Equal("No comments.", edited!.Plan.Conventions);
        Assert.Equal(("Add the second", "Add the second"), (edited.Plan.Tasks[1].Title, edited.Plan.Tasks[1].CommitMessage));
    }

    [Fact]
    public async Task Edit_NothingChanged_KeepsThePlan()
    {
        using var waiting = await WaitingRun.StartAsync();

        Assert.Null(await waiting.Editor("true").EditAsync(waiting.State, Token));

        Assert.Contains("The plan is unchanged.", waiting.Told);
        Assert.Contains("Save it and close the editor to go on", waiting.Told);
    }

    /// <summary>A run that waits for the decision on its plan.</summary>
    private sealed class WaitingRun : IDisposable
    {
        private readonly Spectre.Console.Testing.TestConsole _console = new() { Profile = { Width = 1_000 } };
        private readonly TempRepository _repository = TempRepository.With(("README.md", "# Sample\n"));
        private RunService? _service;

        public RunState State { get; private set; } = RunState.Empty;

        public string Told => _console.Output;

        public static async Task<WaitingRun> StartAsync()
        {
            if (OperatingSystem.IsWindows())
                Assert.Skip("The editor of this test is a shell script.");
            var waiting = new WaitingRun();
            var harness = new RunHarness(waiting._repository, new ScriptedModel(_ => throw new InvalidOperationException("No model is needed."))) { OnPlan = _ => null };
            waiting._service = await harness.OpenAsync(Token);
            waiting.State = await harness.RunAsync("Add two files", plan: PlanReading.Of(Document).File, cancellationToken: Token);
            return waiting;
        }

        /// <summary>An editor that does one command after another, each time that it is opened.</summary>
        public PlanEditor Editor(params string[] commands)
        {
            var rest = new Queue<string>(commands);
            return new PlanEditor(_service!, new Screen(_console, Glyphs.Plain), name => name == "EDITOR" ? rest.Dequeue() : null);
        }

        public void Dispose()
        {
            _console.Dispose();
            _repository.Dispose();
        }
    }
}
