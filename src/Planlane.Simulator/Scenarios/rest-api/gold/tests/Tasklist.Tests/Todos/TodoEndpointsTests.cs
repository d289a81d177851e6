using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tasklist.Todos;

namespace Tasklist.Tests.Todos;

public sealed class TodoEndpointsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    private RunningApp _app = null!;

    private HttpClient Client => _app.Client;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _app = await RunningApp.StartAsync(services => services.AddSingleton<TimeProvider>(new ManualClock(Now)));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Post_ValidTask_CreatesItAtItsLocation()
    {
        using var response = await Client.PostAsJsonAsync(
            "/todos", new TodoRequest("Water the plants", "Not the cactus", new DateOnly(2026, 3, 4)), Cancel);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var created = await ReadAsync<Todo>(response);
        Assert.Equal(
            new Todo(created.Id, "Water the plants", "Not the cactus", new DateOnly(2026, 3, 4), Now, null), created);
        Assert.Equal(created, await Client.GetFromJsonAsync<Todo>(response.Headers.Location, Cancel));
    }

    [Fact]
    public async Task Post_InvalidTask_ListsProblemsByField()
    {
        using var response = await Client.PostAsJsonAsync(
            "/todos", new TodoRequest(" ", DueOn: new DateOnly(2026, 3, 1)), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await ReadAsync<HttpValidationProblemDetails>(response);
        Assert.Equal(["A title is required."], problem.Errors["title"]);
        Assert.Equal(["An open task cannot be due before today."], problem.Errors["dueOn"]);
        Assert.Equal(2, problem.Errors.Count);
    }

    [Fact]
    public async Task List_FilteredByState_ReturnsMatchingTasks()
    {
        await AddAsync(new TodoRequest("Open"));
        var done = await AddAsync(new TodoRequest("Done", Done: true));

        var listed = await Client.GetFromJsonAsync<Todo[]>("/todos?done=true", Cancel);

        Assert.Equal([done], listed ?? []);
    }

    [Fact]
    public async Task Put_Done_CompletesTask()
    {
        var todo = await AddAsync(new TodoRequest("Water the plants"));

        using var response = await Client.PutAsJsonAsync(
            $"/todos/{todo.Id}", new TodoRequest("Water the plants", Done: true), Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(todo with { CompletedAt = Now }, await ReadAsync<Todo>(response));
    }

    [Fact]
    public async Task Put_InvalidTask_LeavesTaskAsItWas()
    {
        var todo = await AddAsync(new TodoRequest("Water the plants"));

        using var response = await Client.PutAsJsonAsync($"/todos/{todo.Id}", new TodoRequest(""), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(todo, await Client.GetFromJsonAsync<Todo>($"/todos/{todo.Id}", Cancel));
    }

    [Fact]
    public async Task Delete_Twice_SecondIsNotFound()
    {
        var todo = await AddAsync(new TodoRequest("Water the plants"));

        using var first = await Client.DeleteAsync($"/todos/{todo.Id}", Cancel);
        using var second = await Client.DeleteAsync($"/todos/{todo.Id}", Cancel);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
    }

    private async Task<Todo> AddAsync(TodoRequest request)
    {
        using var response = await Client.PostAsJsonAsync("/todos", request, Cancel);
        response.EnsureSuccessStatusCode();
        return await ReadAsync<Todo>(response);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<T>(Cancel)
        ?? throw new InvalidOperationException("The response has no body.");
}
