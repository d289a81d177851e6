using System.Collections.Concurrent;

namespace Tasklist.Todos;

public sealed class InMemoryTodoStore(TimeProvider time) : ITodoStore
{
    private readonly ConcurrentDictionary<Guid, Todo> _todos = new();

    public ValueTask<IReadOnlyList<Todo>> ListAsync(bool? done, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<Todo> todos =
        [
            .. _todos.Values
                .Where(todo => done is null || todo.Done == done)
                .OrderBy(todo => todo.Done)
                .ThenBy(todo => todo.DueOn ?? DateOnly.MaxValue)
                .ThenBy(todo => todo.CreatedAt)
                .ThenBy(todo => todo.Id),
        ];
        return ValueTask.FromResult(todos);
    }

    public ValueTask<Todo?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_todos.GetValueOrDefault(id));
    }

    public ValueTask<Todo> AddAsync(TodoDraft draft, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        var todo = Todo.Create(Guid.CreateVersion7(now), draft, now);
        _todos[todo.Id] = todo;
        return ValueTask.FromResult(todo);
    }

    public ValueTask<Todo?> ReplaceAsync(Guid id, TodoDraft draft, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_todos.TryGetValue(id, out var current))
        {
            // Another request may have replaced the task since it was read: then read it again.
            var replaced = current.Replace(draft, time.GetUtcNow());
            if (_todos.TryUpdate(id, replaced, current))
            {
                return ValueTask.FromResult<Todo?>(replaced);
            }
        }

        return ValueTask.FromResult<Todo?>(null);
    }

    public ValueTask<bool> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_todos.TryRemove(id, out _));
    }
}
