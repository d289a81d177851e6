using Planlane.Agents;
using Planlane.Cli.Views;

namespace Planlane.Cli.Live;

/// <summary>Tool calls in words that follow an agent's name.</summary>
internal static class ToolWords
{
    private static readonly string[] Subjects = ["path", "command", "from", "pattern", "paths"];

    /// <summary>What an agent does while a call of it runs.</summary>
    public static string Doing(string tool, string subject) => $"{Verb(tool)} {FirstLine(subject)}".TrimEnd();

    /// <summary>What an agent does while its model writes a call.</summary>
    public static string Writing(string tool) => tool switch
    {
        "write_file" => "answers: a file",
        "edit_file" => "answers: edits",
        "run_command" => "answers: a command",
        Turn.FinishTool => "answers: its report",
        _ => $"answers: {tool}",
    };

    /// <summary>What a call is about: its file or its command; empty when it names none.</summary>
    public static string SubjectOf(string input)
    {
        var members = ToolInput.Read(input);
        return Subjects.Select(name => members.FirstOrDefault(member => member.Name == name).Value).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
    }

    private static string Verb(string tool) => tool switch
    {
        "write_file" => "writes",
        "edit_file" => "edits",
        "delete_file" => "deletes",
        "move_file" => "moves",
        "read_files" => "reads",
        "list_files" => "lists",
        "search" => "searches for",
        "request_file" => "asks for",
        "run_command" => "runs",
        Turn.FinishTool => "reports",
        _ => tool,
    };

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Trim().Split('\n', 2)[0];
}
