using System.Text.Json.Serialization;

namespace Tasklist.Todos;

// A misspelt member is refused, not ignored: "dueDate" must not silently become a task without a date.
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TodoRequest(
    string? Title,
    string? Notes = null,
    DateOnly? DueOn = null,
    bool Done = false);
