using System.CommandLine;
using Planlane.Cli.Commands;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;

namespace Planlane.Settings;

public sealed class RequestOptionsTests
{
    private static readonly RunRequest Auth = new("Add auth", ["use Zod"], ["one agent for types"]);

    [Fact]
    public void Read_Flags_AddToWhatTheTextHasAndNothingTwice() => Assert.Equal(
        new RunRequest("Add auth", ["use Zod", "100% coverage"], ["one agent for types", "one agent for tests"]),
        Read("Add auth\nRequirements: use Zod\nSplit into: one agent for types", "--require", "Use zod", "--require", "100% coverage", "--agents", "one agent for tests"));

    [Theory]
    [InlineData("8", 8)]
    [InlineData("3 agents", 3)]
    [InlineData("2 parallel agents", 2)]
    [InlineData("3 agents for tests", null)]
    [InlineData("12345", null)]
    public void Read_NumberOfAgents_IsDataAndNoHint(string text, int? agents)
    {
        var request = Read("Add auth", "--agents", text, "--agents", "one agent for types");

        Assert.Equal((agents, agents is null ? 2 : 1), (request.Agents, request.SplitHints.Count));
        Assert.Equal(agents, PlanReading.Of(new PlanFile(request, null, Support.AuthRun.Plan).Write()).File?.Request.Agents);
        Assert.EndsWith(agents is null ? "types\"" : $"types\" --agents {agents}", Cli.Output.CommandText.Of(request), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RequestFile_MayHoldTheNumberOfAgents() => Assert.Equal(4, WithFile("""{ "goal": "Add auth", "agents": 4 }""", file => Read("--request", file)).Agents);

    [Theory]
    [InlineData("Add auth\n\nRequirements:\n- use Zod\n\nSplit into:\n- one agent for types\n")]
    [InlineData("Add auth\n\n## Requirements\n\n1. use Zod\n\n## Split into\n\n1. one agent for types\n")]
    [InlineData("""{ "goal": "Add auth", "constraints": ["use Zod", "use  Zod"], "splitHints": ["one agent for types"] }""")]
    public void Read_RequestFile_IsTextOrJson(string text) => Assert.Equal(Auth, WithFile(text, file => Read("--request", file)));

    [Fact]
    public void Read_RequestFileWithFlags_HasBothAndCanBeAskedAgain() => WithFile("Add auth", file =>
    {
        string[] arguments = ["--request", file, "--require", "use $Zod", "--agents", "types"];

        Assert.Equal(new RunRequest("Add auth", ["use $Zod"], ["types"]), Read(arguments));
        Assert.Equal($"planlane --request {file} --require 'use $Zod' --agents types", Parsed(arguments, out var options) is { } parsed ? options.CommandOf(parsed) : null);
        return true;
    });

    [Theory]
    [InlineData("""{ "goal": "Add auth", "hints": [] }""", "is not a request")]
    [InlineData("""{ "constraints": [] }""", "is not a request")]
    [InlineData("""{ "goal": "" }""", "The request is empty.")]
    [InlineData("\n", "The request is empty.")]
    [InlineData("Requirements:\n- use Zod", "The request is empty.")]
    public void Read_FileThatIsNoRequest_SaysWhatIsWrong(string text, string message) => WithFile(text, file =>
    {
        AssertRefused(message, "--request", file);
        return true;
    });

    [Fact]
    public void Read_Mistakes_AreSaid()
    {
        AssertRefused("The request is given in words and as a file.", "Add auth", "--request", "any.txt");
        AssertRefused("The request cannot be read", "--request", "missing.txt");
        AssertRefused("--require has an empty text.", "Add auth", "--require", " ");
        AssertRefused("--agents has an empty text.", "Add auth", "--agents", "");
    }

    private static void AssertRefused(string message, params string[] arguments)
    {
        var fault = Assert.Throws<PlanlaneException>(() => Read(arguments));

        Assert.Equal(FaultKind.Usage, fault.Kind);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.Hint);
    }

    private static RunRequest Read(params string[] arguments) => Parsed(arguments, out var options) is { } parsed ? options.Read(parsed, []) : throw new InvalidOperationException();

    private static ParseResult Parsed(string[] arguments, out RequestOptions options)
    {
        options = new RequestOptions();
        var root = new RootCommand();
        options.AddTo(root);
        var parsed = root.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return parsed;
    }

    private static T WithFile<T>(string text, Func<string, T> use)
    {
        var folder = Directory.CreateTempSubdirectory("planlane-test-");
        try
        {
            var file = Path.Combine(folder.FullName, "request");
            File.WriteAllText(file, text);
            return use(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
