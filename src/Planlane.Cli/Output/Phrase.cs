using Spectre.Console;

namespace Planlane.Cli.Output;

/// <summary>A piece of a line in one style. Never parsed as markup, as most texts come from a model or a repository.</summary>
internal readonly record struct Phrase(string Text, Style? Style = null)
{
    public static implicit operator Phrase(string text) => new(text);
}
