using System.Diagnostics.CodeAnalysis;

namespace Tasklist.Todos;

public static class TodoValidator
{
    public const int MaxTitleLength = 120;
    public const int MaxNotesLength = 2000;

    public static bool TryValidate(
        TodoRequest request,
        DateOnly today,
        [NotNullWhen(true)] out TodoDraft? draft,
        out Dictionary<string, string[]> errors)
    {
        var candidate = new TodoDraft(
            request.Title?.Trim() ?? "",
            string.IsNullOrWhiteSpace(request.Notes) ? null : request.Notes.Trim(),
            request.DueOn,
            request.Done);

        errors = Problems(candidate, today)
            .Where(check => check.Problem is not null)
            .ToDictionary(check => check.Field, check => new[] { check.Problem! });
        draft = errors.Count == 0 ? candidate : null;
        return draft is not null;
    }

    private static IEnumerable<(string Field, string? Problem)> Problems(TodoDraft draft, DateOnly today) =>
    [
        ("title", TitleProblem(draft.Title)),
        ("notes", NotesProblem(draft.Notes)),
        ("dueOn", DueOnProblem(draft, today)),
    ];

    private static string? TitleProblem(string title) => title switch
    {
        "" => "A title is required.",
        { Length: > MaxTitleLength } => $"A title has at most {MaxTitleLength} characters.",
        _ when title.Any(char.IsControl) => "A title is a single line of text.",
        _ => null,
    };

    private static string? NotesProblem(string? notes) =>
        notes is { Length: > MaxNotesLength } ? $"Notes have at most {MaxNotesLength} characters." : null;

    private static string? DueOnProblem(TodoDraft draft, DateOnly today) =>
        !draft.Done && draft.DueOn < today ? "An open task cannot be due before today." : null;
}
