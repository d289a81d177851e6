namespace Planlane.Workspaces;

/// <summary>Layers over which the machine stopped: what commands wrote in them may be on the disk by half.</summary>
public sealed class StoppedMachineTests
{
    [Fact]
    public async Task Layer_OfAnEarlierStartOfTheMachine_IsForgottenWithItsOutputs()
    {
        await using var space = await Space.OpenAsync(WorkspaceKind.Overlay, [("src/a.txt", "a\n"), (".gitignore", "*.log\n")]);
        await space.RunAsync("echo built > kept.log", "src/**");
        space.Reopened();
        Assert.Equal("built\n", (await space.RunAsync("cat kept.log", "src/**")).Output);

        File.WriteAllText(Path.Combine(Path.GetDirectoryName(space.Layer())!, "boot"), "another start");
        space.Reopened();

        Assert.Equal("a\ngone\n", (await space.RunAsync("cat src/a.txt; test -e kept.log || echo gone", "src/**")).Output);
    }
}
