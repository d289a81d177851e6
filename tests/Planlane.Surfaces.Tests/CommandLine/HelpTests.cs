using Planlane.Cli.Commands;
using Planlane.Support;

namespace Planlane.CommandLine;

public sealed class HelpTests
{
    [Fact]
    public void Help_EveryCommand_IsAsApproved()
    {
        var root = CommandTree.Create();

        Snapshot.Match(string.Join("\n", root.Subcommands.Prepend(root).Select(command => $"$ planlane {(command == root ? "" : command.Name + " ")}--help\n{HelpText.Of(command, root, 110)}")));
    }

    [Fact]
    public void Help_EveryCommand_FitsOnAScreen()
    {
        var root = CommandTree.Create();

        Assert.All(root.Subcommands.Prepend(root), command => Assert.InRange(HelpText.Of(command, root, 120).TrimEnd('\n').Split('\n').Length, 1, 59));
    }

    [Fact]
    public async Task Help_Asked_GoesToStdoutAndIsASuccess()
    {
        var result = await PlanlaneProcess.RunAsync(Path.GetTempPath(), new Dictionary<string, string>(), "demo", "--help");

        Assert.Equal(new PlanlaneProcess.Result(0, HelpText.Of(CommandTree.Create().Subcommands.Single(command => command.Name == "demo"), CommandTree.Create(), 120).TrimEnd('\n'), ""), result);
    }

    [Fact]
    public async Task Version_Asked_IsOneLine()
    {
        var result = await PlanlaneProcess.RunAsync(Path.GetTempPath(), new Dictionary<string, string>(), "--version");

        Assert.Equal(new PlanlaneProcess.Result(0, Cli.Program.Version, ""), result);
    }
}
