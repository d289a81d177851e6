using Planlane.Hosting;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Testing;
using Planlane.Workspaces;

namespace Planlane.Sandbox;

/// <summary>Sandboxes that cannot open the network for named hosts alone: here all of them, as no program is named that opens it. Where it can is tested with the program itself.</summary>
public sealed class HostsTrialTests(BoxFixture box) : IClassFixture<BoxFixture>
{
    [Theory]
    [InlineData("bubblewrap", "a program of ours to start")]
    [InlineData("landlock", "Landlock knows ports and no hosts")]
    public async Task Start_RunThatNeedsNamedHosts_IsRefusedBeforeAModelIsAsked(string kind, string reason)
    {
        using var repository = Script.Repository();
        var options = new EngineOptions { Seed = 1, Models = () => throw new InvalidOperationException("A model was asked."), Sandbox = await box.SandboxAsync(kind) };
        var service = await RunService.OpenAsync(repository.Folder, options, TestContext.Current.CancellationToken);
        var settings = RunHarness.Settings with { Workspace = new WorkspacePolicy { Network = NetworkAccess.Hosts, Hosts = ["a.org"] } };

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => service.StartAsync(RequestText.Parse(Script.Request), settings, null, TestContext.Current.CancellationToken));

        Assert.Equal(FaultKind.Usage, fault.Kind);
        Assert.StartsWith("Commands cannot be given single hosts here. ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Empty(await service.ListAsync(TestContext.Current.CancellationToken));
    }
}
