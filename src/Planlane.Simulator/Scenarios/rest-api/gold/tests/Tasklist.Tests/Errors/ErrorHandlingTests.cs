using System.Net;
using System.Net.Http.Json;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Tasklist.Todos;

namespace Tasklist.Tests.Errors;

public sealed class ErrorHandlingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/todos/0198c0de-0000-7000-8000-000000000000", HttpStatusCode.NotFound)]
    [InlineData("GET", "/todos?done=perhaps", HttpStatusCode.BadRequest)]
    [InlineData("PATCH", "/todos", HttpStatusCode.MethodNotAllowed)]
    public async Task Request_ThatCannotSucceed_GetsProblemDetails(string method, string path, HttpStatusCode status)
    {
        await using var app = await RunningApp.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await app.Client.SendAsync(request, Cancel);

        await AssertProblemAsync(response, status, path.Split('?')[0]);
    }

    [Theory]
    [InlineData("{ \"title\": ", MediaTypeNames.Application.Json, HttpStatusCode.BadRequest)]
    [InlineData("{ \"title\": 7 }", MediaTypeNames.Application.Json, HttpStatusCode.BadRequest)]
    [InlineData("{ \"title\": \"Plants\", \"dueDate\": null }", MediaTypeNames.Application.Json, HttpStatusCode.BadRequest)]
    [InlineData("title=Plants", MediaTypeNames.Text.Plain, HttpStatusCode.UnsupportedMediaType)]
    public async Task Post_UnreadableBody_NamesNoInternals(string body, string mediaType, HttpStatusCode status)
    {
        await using var app = await RunningApp.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, mediaType);

        using var response = await app.Client.PostAsync("/todos", content, Cancel);

        var text = await AssertProblemAsync(response, status, "/todos");
        Assert.DoesNotContain(nameof(TodoRequest), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WhenStoreFails_IsServerErrorWithoutDetail()
    {
        await using var app = await RunningApp.StartAsync(
            services => services.AddSingleton<ITodoStore, FailingTodoStore>());

        using var response = await app.Client.GetAsync("/todos", Cancel);

        var text = await AssertProblemAsync(response, HttpStatusCode.InternalServerError, "/todos");
        Assert.DoesNotContain(FailingTodoStore.Secret, text, StringComparison.Ordinal);
    }

    private static async Task<string> AssertProblemAsync(
        HttpResponseMessage response, HttpStatusCode status, string instance)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(MediaTypeNames.Application.ProblemJson, response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<ProblemDetails>(Cancel);
        Assert.Equal((int)status, problem?.Status);
        Assert.Equal(instance, problem?.Instance);
        return await response.Content.ReadAsStringAsync(Cancel);
    }

    private sealed class FailingTodoStore : ITodoStore
    {
        public const string Secret = "disk 7 is on fire";

        public ValueTask<IReadOnlyList<Todo>> ListAsync(bool? done, CancellationToken cancellationToken) =>
            throw new IOException(Secret);

        public ValueTask<Todo?> FindAsync(Guid id, CancellationToken cancellationToken) =>
            throw new IOException(Secret);

        public ValueTask<Todo> AddAsync(TodoDraft draft, CancellationToken cancellationToken) =>
            throw new IOException(Secret);

        public ValueTask<Todo?> ReplaceAsync(Guid id, TodoDraft draft, CancellationToken cancellationToken) =>
            throw new IOException(Secret);

        public ValueTask<bool> RemoveAsync(Guid id, CancellationToken cancellationToken) =>
            throw new IOException(Secret);
    }
}
