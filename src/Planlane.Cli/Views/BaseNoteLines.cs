using Planlane.Cli.Output;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Cli.Views;

/// <summary>What the commands of agents and checks do not see as it is in the user's folder, a line for each reason.</summary>
internal static class BaseNoteLines
{
    /// <summary>Writes the lines; nothing where there is nothing to say.</summary>
    public static void Write(Screen screen, ValueList<BaseNote> notes)
    {
        if (notes.Count == 0)
            return;
        screen.Blank();
        screen.Line(Ink.Strong("FILES"), " - what commands do not see as it is in your folder:");
        foreach (var note in notes)
            WriteOne(screen, note, "- ", "  ");
    }

    /// <summary>Writes one note.</summary>
    public static void WriteOne(Screen screen, BaseNote note, string first = "", string rest = "  ")
    {
        var (what, advice) = WordsOf(note.Kind);
        var more = note.Count > note.Paths.Count ? $" and {note.Count - note.Paths.Count} more" : "";
        screen.Hanging(first, rest, Ink.Alert(what), $": {string.Join(", ", note.Paths.Select(path => SafeText.Name(path.Value)))}{more}", Ink.Faint(advice is null ? "" : $"{screen.Glyphs.Dot}{advice}"));
    }

    private static (string What, string? Advice) WordsOf(RemarkKind kind) => kind switch
    {
        RemarkKind.Secret => ("left out, may be secret", "to give them, name them in .worktreeinclude"),
        RemarkKind.TooLarge => ("left out, too large", null),
        RemarkKind.Shared => ("shared with you, too large to copy", "what agents write there stays with them"),
        RemarkKind.NotCheckedOut => ("left out, not checked out (sparse checkout)", null),
        RemarkKind.EmptySubmodule => ("empty, the submodule is not initialised", null),
        RemarkKind.InnerRepository => ("a repository of its own", "commands see its files, no agent can change them"),
        RemarkKind.OtherWorkTree => ("left out, another work tree of this repository", null),
        RemarkKind.Unreadable => ("left out, cannot be read or has no UTF-8 name", null),
        _ => ("put back, as setup changed tracked files", "setup prepares ignored files alone"),
    };
}
