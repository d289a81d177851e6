using Microsoft.AspNetCore.Http.HttpResults;

namespace Tasklist.Todos;

public static class TodoEndpoints
{
    public static void MapTodos(this IEndpointRouteBuilder routes)
    {
        var todos = routes.MapGroup("/todos");
        todos.MapGet("/", ListAsync);
        todos.MapGet("/{id:guid}", FindAsync);
        todos.MapPost("/", AddAsync);
        todos.MapPut("/{id:guid}", ReplaceAsync);
        todos.MapDelete("/{id:guid}", RemoveAsync);
    }

    private static async Task<Ok<IReadOnlyList<Todo>>> ListAsync(
        bool? done, ITodoStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.ListAsync(done, cancellationToken));

    private static async Task<Results<Ok<Todo>, NotFound>> FindAsync(
        Guid id, ITodoStore store, CancellationToken cancellationToken) =>
        FoundOrNot(await store.FindAsync(id, cancellationToken));

    private static async Task<Results<Created<Todo>, ValidationProblem>> AddAsync(
        TodoRequest request, ITodoStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!TodoValidator.TryValidate(request, Today(time), out var draft, out var errors))
        {
            return TypedResults.ValidationProblem(errors);
        }

        var todo = await store.AddAsync(draft, cancellationToken);
        return TypedResults.Created($"/todos/{todo.Id}", todo);
    }

    private static async Task<Results<Ok<Todo>, NotFound, ValidationProblem>> ReplaceAsync(
        Guid id, TodoRequest request, ITodoStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!TodoValidator.TryValidate(request, Today(time), out var draft, out var errors))
        {
            return TypedResults.ValidationProblem(errors);
        }

        return await store.ReplaceAsync(id, draft, cancellationToken) is { } todo
            ? TypedResults.Ok(todo)
            : TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, NotFound>> RemoveAsync(
        Guid id, ITodoStore store, CancellationToken cancellationToken) =>
        await store.RemoveAsync(id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static Results<Ok<Todo>, NotFound> FoundOrNot(Todo? todo) =>
        todo is null ? TypedResults.NotFound() : TypedResults.Ok(todo);

    private static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
