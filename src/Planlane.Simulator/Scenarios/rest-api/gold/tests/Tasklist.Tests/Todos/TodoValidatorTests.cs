using Tasklist.Todos;

namespace Tasklist.Tests.Todos;

public sealed class TodoValidatorTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public void Validate_PaddedText_TrimsIt()
    {
        var valid = TodoValidator.TryValidate(
            new TodoRequest("  Water the plants ", "   ", Today), Today, out var draft, out var errors);

        Assert.True(valid);
        Assert.Empty(errors);
        Assert.Equal(new TodoDraft("Water the plants", null, Today, false), draft);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    public void Validate_NoTitle_IsRefused(string? title) =>
        AssertRefused(new TodoRequest(title), "title", "A title is required.");

    [Fact]
    public void Validate_TitleOverLimit_IsRefused() =>
        AssertRefused(new TodoRequest(new string('x', 121)), "title", "A title has at most 120 characters.");

    [Fact]
    public void Validate_TitleAtLimit_IsAccepted() =>
        Assert.True(TodoValidator.TryValidate(new TodoRequest(new string('x', 120)), Today, out _, out _));

    [Fact]
    public void Validate_TitleOfTwoLines_IsRefused() =>
        AssertRefused(new TodoRequest("Water\nplants"), "title", "A title is a single line of text.");

    [Fact]
    public void Validate_NotesOverLimit_AreRefused() =>
        AssertRefused(
            new TodoRequest("Plants", new string('x', 2001)), "notes", "Notes have at most 2000 characters.");

    [Fact]
    public void Validate_OpenAndOverdue_IsRefused() =>
        AssertRefused(
            new TodoRequest("Plants", DueOn: Today.AddDays(-1)), "dueOn", "An open task cannot be due before today.");

    [Fact]
    public void Validate_DoneAndOverdue_IsAccepted() =>
        Assert.True(TodoValidator.TryValidate(
            new TodoRequest("Plants", DueOn: Today.AddDays(-1), Done: true), Today, out _, out _));

    [Fact]
    public void Validate_SeveralProblems_ReportsEachField()
    {
        TodoValidator.TryValidate(
            new TodoRequest("", new string('x', 2001), Today.AddDays(-1)), Today, out _, out var errors);

        Assert.Equal(["dueOn", "notes", "title"], errors.Keys.Order());
    }

    private static void AssertRefused(TodoRequest request, string field, string problem)
    {
        Assert.False(TodoValidator.TryValidate(request, Today, out var draft, out var errors));
        Assert.Null(draft);
        var (name, problems) = Assert.Single(errors);
        Assert.Equal(field, name);
        Assert.Equal([problem], problems);
    }
}
