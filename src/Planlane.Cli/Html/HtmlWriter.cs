using System.Collections.Frozen;
using System.Net;
using Planlane.Cli.Output;
using Planlane.Values;

namespace Planlane.Cli.Html;

/// <summary>Writes HTML so that nothing but this class can make markup: names come from fixed sets, and every text and value is masked, made safe and encoded on its way. Not thread-safe.</summary>
/// <remarks>There is no way to write a script, an address outside of the page, or an attribute that could hold code.</remarks>
/// <param name="writer">Where the page goes.</param>
/// <param name="secrets">What is masked.</param>
internal sealed class HtmlWriter(TextWriter writer, SecretMask secrets)
{
    private const int TabWidth = 4;

    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "html", "head", "title", "body", "header", "main", "footer", "nav", "section", "article", "div", "p", "span", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot",
        "tr", "th", "td", "caption", "details", "summary", "pre", "code", "a", "strong", "em", "small", "time", "svg", "g", "rect", "path", "line", "circle", "text", "tspan", "defs", "pattern", "desc");

    // On lines of their own, so that the source can be read; within the others white space shows.
    private static readonly FrozenSet<string> Blocks = FrozenSet.Create(
        StringComparer.Ordinal, "head", "body", "header", "main", "footer", "nav", "section", "article", "div", "p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dd", "table", "thead", "tbody", "tfoot", "tr", "details", "pre", "svg", "g");

    private static readonly FrozenSet<string> Attributes = FrozenSet.Create(
        StringComparer.Ordinal,
        "lang", "class", "id", "role", "tabindex", "open", "scope", "colspan", "datetime", "aria-label", "aria-hidden", "aria-labelledby",
        "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "d", "text-anchor", "patternUnits", "preserveAspectRatio");

    private readonly Stack<string> _open = new();

    /// <summary>Begins a page: the doctype and the declarations that keep it from loading or running anything.</summary>
    /// <param name="sheet">The style sheet; ours, never a text from elsewhere.</param>
    /// <param name="policy">The content security policy.</param>
    /// <param name="title">The title.</param>
    public Scope Page(string sheet, string policy, string title)
    {
        writer.Write("<!DOCTYPE html>\n");
        var page = In("html", ("lang", "en"));
        using (In("head"))
        {
            writer.Write($"<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{Encoded(policy)}\">\n");
            writer.Write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
            Element("title", title);
            writer.Write($"\n<style>{sheet}</style>\n");
        }

        return page;
    }

    /// <summary>Opens an element, which ends when the scope is disposed.</summary>
    /// <exception cref="ArgumentException">The element or an attribute is not one that a page of ours may have.</exception>
    public Scope In(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Open(name, attributes);
        return new Scope(this, _open.Count);
    }

    /// <summary>Writes an element that holds a text alone.</summary>
    public void Element(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Open(name, attributes);
        Text(text);
        Close();
    }

    /// <summary>Writes a link to another part of the page.</summary>
    public void Link(string id, string text)
    {
        writer.Write($"<a href=\"#{Encoded(id)}\">");
        Text(text);
        writer.Write("</a>");
    }

    /// <summary>Writes a text.</summary>
    public void Text(string text) => writer.Write(Encoded(text));

    /// <summary>A text without its secrets, for one whose lines are written apart.</summary>
    public string Masked(string text) => secrets.Of(text);

    private void Open(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        if (!Names.Contains(name))
            throw new ArgumentException($"A page has no element '{name}'.", nameof(name));
        writer.Write($"<{name}");
        foreach (var (attribute, value) in attributes)
        {
            if (!Attributes.Contains(attribute))
                throw new ArgumentException($"A page has no attribute '{attribute}'.", nameof(attributes));
            if (value is not null)
                writer.Write($" {attribute}=\"{Encoded(value)}\"");
        }

        writer.Write(name is "head" or "body" or "main" or "table" or "tbody" or "ul" or "section" ? ">\n" : ">");
        _open.Push(name);
    }

    private void Close()
    {
        var name = _open.Pop();
        writer.Write($"</{name}>");
        if (Blocks.Contains(name))
            writer.Write('\n');
    }

    private string Encoded(string text) => WebUtility.HtmlEncode(SafeText.Of(secrets.Of(text).Replace("\t", new string(' ', TabWidth), StringComparison.Ordinal)));

    /// <summary>An element that is open.</summary>
    internal readonly struct Scope(HtmlWriter html, int depth) : IDisposable
    {
        /// <inheritdoc />
        public void Dispose()
        {
            if (html._open.Count != depth)
                throw new InvalidOperationException("Another element is still open.");
            html.Close();
        }
    }
}
