using Planlane.Cli.Output;

namespace Planlane.Cli.Views;

/// <summary>A unified diff, coloured by its lines.</summary>
internal static class DiffView
{
    public static void Write(Screen screen, string diff)
    {
        screen.Blank();
        foreach (var line in diff.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
            screen.Line(Coloured(line));
        screen.Blank();
    }

    private static Phrase Coloured(string line) => line switch
    {
        _ when line.StartsWith("diff ", StringComparison.Ordinal) => Ink.Strong(line),
        _ when line.StartsWith("+++", StringComparison.Ordinal) || line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("index ", StringComparison.Ordinal) => Ink.Faint(line),
        _ when line.StartsWith("@@", StringComparison.Ordinal) => Ink.Title(line),
        _ when line.StartsWith('+') => Ink.Added(line),
        _ when line.StartsWith('-') => Ink.Removed(line),
        _ => line,
    };
}
