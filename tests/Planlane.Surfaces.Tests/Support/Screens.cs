using Planlane.Cli.Output;
using Spectre.Console.Testing;

namespace Planlane.Support;

/// <summary>What a view writes, as text.</summary>
internal static class Screens
{
    public static string Fancy(Action<Screen> write, int width = 120) => Written(write, Glyphs.Fancy, width);

    public static string Plain(Action<Screen> write, int width = 120) => Written(write, Glyphs.Plain, width);

    /// <summary>With the escape sequences of colours, ESC shown as <c>␛</c>.</summary>
    public static string Coloured(Action<Screen> write)
    {
        using var console = new TestConsole();
        console.Width(120).SupportsAnsi(true).Colors(Spectre.Console.ColorSystem.Standard).EmitAnsiSequences();
        write(new Screen(console, Glyphs.Fancy));
        return console.Output.Replace('\u001b', '␛');
    }

    private static string Written(Action<Screen> write, Glyphs glyphs, int width)
    {
        using var console = new TestConsole();
        console.Width(width);
        write(new Screen(console, glyphs));
        return console.Output;
    }
}
