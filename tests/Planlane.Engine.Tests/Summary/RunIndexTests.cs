using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Summary;

public sealed class RunIndexTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Overviews_RunsThatChange_AreWhatTheirJournalsSay()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));
        var landed = await harness.RunAsync(Script.Request, cancellationToken: Token);
        var service = await harness.OpenAsync(Token);

        var first = await service.OverviewsAsync(Token);
        await service.UndoAsync(landed.Id, Token);
        var second = await (await harness.OpenAsync(Token)).OverviewsAsync(Token);

        Assert.Equal([RunOverview.Of(landed)], first);
        Assert.Equal([RunOverview.Of(await service.LoadAsync(landed.Id, Token))], second);
        Assert.True(second[0].IsUndone);
    }

    [Fact]
    public async Task Overviews_KeptFile_StandsForJournalsThatDidNotChange()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));
        await harness.RunAsync(Script.Request, cancellationToken: Token);
        var service = await harness.OpenAsync(Token);
        await service.OverviewsAsync(Token);
        var kept = Path.Combine(repository.Folder, ".git", "planlane", "runs.jsonl");
        await File.WriteAllTextAsync(kept, (await File.ReadAllTextAsync(kept, Token)).Replace(Script.Request, "As it is kept", StringComparison.Ordinal), Token);

        Assert.Equal("As it is kept", Assert.Single(await service.OverviewsAsync(Token)).Goal);
    }

    [Theory]
    [InlineData("not json\n")]
    [InlineData("{\"form\":0,\"id\":\"000001\",\"length\":1,\"written\":1}\n")]
    [InlineData("")]
    public async Task Overviews_KeptFileOfNoUse_IsMadeAgain(string text)
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnPlan = _ => null };
        var waiting = await harness.RunAsync(Script.Request, cancellationToken: Token);
        var service = await harness.OpenAsync(Token);
        var kept = Path.Combine(repository.Folder, ".git", "planlane", "runs.jsonl");
        await File.WriteAllTextAsync(kept, text, Token);

        Assert.Equal([RunOverview.Of(await service.LoadAsync(waiting.Id, Token))], await service.OverviewsAsync(Token));
        Assert.Contains(waiting.Id.Value, await File.ReadAllTextAsync(kept, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overviews_DamagedJournal_DoesNotHideTheOthers()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnPlan = _ => null };
        var good = await harness.RunAsync(Script.Request, cancellationToken: Token);
        var folder = Directory.CreateDirectory(Path.Combine(repository.Folder, ".git", "planlane", "runs", "bad000"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "journal.jsonl"), "{}\n{}\n", Token);
        var service = await harness.OpenAsync(Token);

        Assert.Equal(good.Id, Assert.Single(await service.OverviewsAsync(Token)).Id);
        Assert.Equal(good.Id, (await service.LatestAsync(Token))?.Id);
    }
}
