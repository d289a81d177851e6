using System.Text;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>TypeScript and JavaScript, and the scripts of Vue and Svelte components, read by their import statements.</summary>
public sealed class JavaScriptLanguage : ISourceLanguage
{
    private static readonly string[] Extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte"];

    /// <inheritdoc />
    public string Name => "TypeScript/JavaScript";

    /// <inheritdoc />
    public int Version => 1;

    /// <inheritdoc />
    public bool Reads(RepoPath path) => Extensions.Any(extension => path.Name.EndsWith(extension, StringComparison.Ordinal)) && !path.Name.EndsWith(".min.js", StringComparison.Ordinal);

    /// <inheritdoc />
    public bool NeedsText(RepoPath path) => JavaScriptPackages.IsPackage(path) || TypeScriptPaths.IsConfiguration(path);

    /// <inheritdoc />
    public SourceFacts Read(string text) => new JavaScriptReader(SourceLexer.Lex(ScriptOf(text), LexicalRules.JavaScript)).Read();

    /// <inheritdoc />
    public IEnumerable<FileUse> Link(IReadOnlyList<SourceText> files, SourceTree tree) => UseSet.OfImports(files, new JavaScriptModules(files.Select(file => file.Path), tree).Find);

    // A component begins with markup; only what stands in its script elements is code. Its lines keep their numbers.
    private static string ScriptOf(string text)
    {
        if (!text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith('<'))
            return text;
        var script = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf("<script", at, StringComparison.OrdinalIgnoreCase);
            var from = open < 0 ? text.Length : text.IndexOf('>', open) is var end and >= 0 ? end + 1 : text.Length;
            var to = text.IndexOf("</script", from, StringComparison.OrdinalIgnoreCase) is var close and >= 0 ? close : text.Length;
            script.Append('\n', text.AsSpan(at, from - at).Count('\n')).Append(text, from, to - from);
            at = to;
        }

        return script.ToString();
    }
}
