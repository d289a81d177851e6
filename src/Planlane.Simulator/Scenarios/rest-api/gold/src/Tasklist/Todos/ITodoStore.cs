namespace Tasklist.Todos;

public interface ITodoStore
{
    ValueTask<IReadOnlyList<Todo>> ListAsync(bool? done, CancellationToken cancellationToken);

    ValueTask<Todo?> FindAsync(Guid id, CancellationToken cancellationToken);

    ValueTask<Todo> AddAsync(TodoDraft draft, CancellationToken cancellationToken);

    ValueTask<Todo?> ReplaceAsync(Guid id, TodoDraft draft, CancellationToken cancellationToken);

    ValueTask<bool> RemoveAsync(Guid id, CancellationToken cancellationToken);
}
