namespace Planlane.Simulator;

/// <summary>The faults of a scenario, when they are switched on.</summary>
public sealed class ScriptedFaultTests : SimulatorTest
{
    private readonly Dictionary<string, string> _files = new() { ["src/Program.cs"] = "// start\n", ["README.md"] = "hello\n" };

    protected override SimulatorOptions Options => base.Options with { Faults = true };

    [Fact]
    public async Task CompileError_IsWrittenFirstAndRepairedAfterTheCheck()
    {
        var run = new SampleAgentRun(Client, Haiku, "greeter", _files, _ => true);

        await run.RunAsync();
        Assert.Equal(TinyScenario.BrokenGreeter, _files["src/Greeter.cs"]);
        await run.FeedbackAsync("check", "src/Greeter.cs(1,70): error CS1002: ; expected");

        Assert.Equal(["edit_file src/Program.cs, write_file src/Greeter.cs, finish", "write_file src/Greeter.cs, finish"], run.Turns);
        Assert.Equal(TinyScenario.Greeter, _files["src/Greeter.cs"]);
    }

    [Fact]
    public async Task OutsideLane_IsTriedOnceThenTheTaskIsFinished()
    {
        var run = new SampleAgentRun(Client, Haiku, "greeter-tests", _files, path => path.StartsWith("tests/", StringComparison.Ordinal));

        await run.RunAsync();

        Assert.Equal(["write_file src/Program.cs!, write_file tests/GreeterTests.cs", "finish"], run.Turns);
        Assert.Equal((TinyScenario.Tests, "// start\n"), (_files["tests/GreeterTests.cs"], _files["src/Program.cs"]));
    }

    [Fact]
    public async Task BadEdit_IsRefusedThenDoneRight()
    {
        var run = new SampleAgentRun(Client, Haiku, "farewell", _files, _ => true);

        await run.RunAsync();

        Assert.Equal(["edit_file README.md!", "edit_file README.md, finish"], run.Turns);
        Assert.Equal("hello and good-bye\n", _files["README.md"]);
    }
}
