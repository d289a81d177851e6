using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Models;
using Planlane.Testing;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Runs;

public sealed class ActiveRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Completion_ObserverThatThrowsWhenItIsLeft_LetsTheNextProcessHaveTheRun()
    {
        using var file = new JournalFile();
        await using var temp = await Git.TempRepository.EmptyAsync();
        var options = new EngineOptions { Seed = 1, Models = () => new ScriptedModel(Script.Answer) };
        var engine = new RunEngine(temp.Repository, options, new RunFolders(temp.Repository.CommonDir), WorkspacePolicy.Default);
        // A run whose first step failed stands still at once.
        var active = new ActiveRun(JsonLinesJournal.Open(file.Path, TimeProvider.System), engine, options, [.. JournalFile.Events.Select(recorded => recorded.Event)], [new BrokenObserver()], _ => Task.CompletedTask);

        await Assert.ThrowsAsync<InvalidOperationException>(() => active.Completion);

        await using var next = JsonLinesJournal.Open(file.Path, TimeProvider.System);
        Assert.Equal(3, (await next.RestoreAsync(Token)).Sequence);
        await active.DisposeAsync();
    }

    private sealed class BrokenObserver : IRunObserver
    {
        public void Recorded(RunUpdate update)
        {
        }

        public void Faulted(StepId step, Exception exception)
        {
        }

        public void Waited(AgentId? agent, ModelId model, ModelActivity.Waiting waiting)
        {
        }

        public void Left(Exception? fault) => throw new InvalidOperationException("An observer must not throw.");

        public void Dispose()
        {
        }
    }
}
