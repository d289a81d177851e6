using Tasklist.Todos;

namespace Tasklist.Tests.Todos;

public sealed class InMemoryTodoStoreTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new(Start);
    private readonly InMemoryTodoStore _store;

    public InMemoryTodoStoreTests() => _store = new InMemoryTodoStore(_clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_OpenDraft_KeepsItWithTimeOfCreation()
    {
        var added = await _store.AddAsync(Draft("Water the plants", new DateOnly(2026, 3, 4)), Cancel);

        var expected = new Todo(added.Id, "Water the plants", null, new DateOnly(2026, 3, 4), Start, null);
        Assert.Equal(expected, added);
        Assert.Equal(expected, await _store.FindAsync(added.Id, Cancel));
    }

    [Fact]
    public async Task List_MixedTasks_PutsOpenBeforeDoneAndSoonestFirst()
    {
        await _store.AddAsync(Draft("Done", done: true), Cancel);
        await _store.AddAsync(Draft("Some day"), Cancel);
        await _store.AddAsync(Draft("Friday", new DateOnly(2026, 3, 6)), Cancel);
        await _store.AddAsync(Draft("Tuesday", new DateOnly(2026, 3, 3)), Cancel);

        var titles = (await _store.ListAsync(null, Cancel)).Select(todo => todo.Title);

        Assert.Equal(["Tuesday", "Friday", "Some day", "Done"], titles);
    }

    [Theory]
    [InlineData(true, "Done")]
    [InlineData(false, "Open")]
    public async Task List_Filtered_KeepsOnlyThatState(bool done, string title)
    {
        await _store.AddAsync(Draft("Done", done: true), Cancel);
        await _store.AddAsync(Draft("Open"), Cancel);

        var listed = await _store.ListAsync(done, Cancel);

        Assert.Equal(title, Assert.Single(listed).Title);
    }

    [Fact]
    public async Task Replace_DoneTwice_KeepsFirstTimeOfCompletion()
    {
        var added = await _store.AddAsync(Draft("Pay rent"), Cancel);
        _clock.Advance(TimeSpan.FromHours(1));
        await _store.ReplaceAsync(added.Id, Draft("Pay rent", done: true), Cancel);
        _clock.Advance(TimeSpan.FromHours(1));

        var replaced = await _store.ReplaceAsync(added.Id, Draft("Pay the rent", done: true), Cancel);

        Assert.Equal(added with { Title = "Pay the rent", CompletedAt = Start.AddHours(1) }, replaced);
    }

    [Fact]
    public async Task Replace_Reopened_ForgetsCompletion()
    {
        var added = await _store.AddAsync(Draft("Pay rent", done: true), Cancel);

        var replaced = await _store.ReplaceAsync(added.Id, Draft("Pay rent"), Cancel);

        Assert.Equal(added with { CompletedAt = null }, replaced);
    }

    [Fact]
    public async Task Replace_UnknownTask_ChangesNothing()
    {
        Assert.Null(await _store.ReplaceAsync(Guid.NewGuid(), Draft("Ghost"), Cancel));
        Assert.Empty(await _store.ListAsync(null, Cancel));
    }

    [Fact]
    public async Task Remove_Twice_SucceedsOnce()
    {
        var added = await _store.AddAsync(Draft("Pay rent"), Cancel);

        Assert.True(await _store.RemoveAsync(added.Id, Cancel));
        Assert.False(await _store.RemoveAsync(added.Id, Cancel));
    }

    [Fact]
    public async Task Replace_FromManyRequests_LosesNoTask()
    {
        var added = await _store.AddAsync(Draft("0"), Cancel);

        await Parallel.ForAsync(1, 200, Cancel, async (number, cancel) =>
            Assert.NotNull(await _store.ReplaceAsync(added.Id, Draft($"{number}"), cancel)));

        var survivor = Assert.Single(await _store.ListAsync(null, Cancel));
        Assert.Equal(added with { Title = survivor.Title }, survivor);
        Assert.NotEqual("0", survivor.Title);
    }

    private static TodoDraft Draft(string title, DateOnly? dueOn = null, bool done = false) =>
        new(title, null, dueOn, done);
}
