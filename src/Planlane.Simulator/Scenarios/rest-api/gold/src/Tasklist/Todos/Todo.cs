namespace Tasklist.Todos;

public sealed record TodoDraft(string Title, string? Notes, DateOnly? DueOn, bool Done);

public sealed record Todo(
    Guid Id,
    string Title,
    string? Notes,
    DateOnly? DueOn,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt)
{
    public bool Done => CompletedAt is not null;

    public static Todo Create(Guid id, TodoDraft draft, DateTimeOffset now) =>
        new(id, draft.Title, draft.Notes, draft.DueOn, now, draft.Done ? now : null);

    public Todo Replace(TodoDraft draft, DateTimeOffset now) => this with
    {
        Title = draft.Title,
        Notes = draft.Notes,
        DueOn = draft.DueOn,
        CompletedAt = draft.Done ? CompletedAt ?? now : null,
    };
}
