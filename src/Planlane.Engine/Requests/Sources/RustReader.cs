namespace Planlane.Requests.Sources;

/// <summary>Reads the modules, the paths and the public items of a Rust text.</summary>
/// <remarks>
/// An import is a path such as <c>crate::auth::Token</c>, one for each name of a <c>use</c> with braces, or a path in the code itself that begins in lower case.
/// <c>mod x;</c> is the import <c>mod x</c>, and <c>mod x = file.rs</c> when an attribute names its file. What stands in a module of the same file is written as seen
/// from the file: in <c>mod a { use super::b; mod c; }</c> it is <c>self::b</c> and <c>mod a::c</c>.
/// </remarks>
/// <param name="tokens">The text.</param>
internal sealed class RustReader(SourceTokens tokens)
{
    private static readonly HashSet<string> Standard = ["std", "core", "alloc"];

    private readonly FactsDraft _draft = new(tokens);

    public ImportFacts Read()
    {
        ReadScope(0, tokens.Count, []);
        new RustItems(tokens, _draft).Read();
        return _draft.ToFacts();
    }

    private void ReadScope(int at, int stop, string[] scope)
    {
        while (at < stop)
        {
            if (tokens.Is(at, "mod") && tokens.IsName(at + 1) && tokens.Is(at + 2, '{'))
            {
                ReadScope(at + 3, tokens.After(at + 2) - 1, [.. scope, tokens.Text(at + 1)]);
                at = tokens.After(at + 2);
            }
            else if (tokens.Is(at, "mod") && tokens.IsName(at + 1) && tokens.Is(at + 2, ';'))
            {
                var name = string.Join("::", scope.Append(tokens.Text(at + 1)));
                _draft.Import(FileOf(at) is { } file ? $"mod {name} = {file}" : $"mod {name}");
                at += 3;
            }
            else if (tokens.Is(at, "use"))
                at = ReadUse(at + 1, "", scope);
            else if (tokens.IsName(at) && tokens.Is(at + 1, ':', ':') && !tokens.Is(at - 1, '.') && !tokens.Is(at - 2, ':', ':'))
                at = ReadPath(at, scope);
            else
                at++;
        }
    }

    // #[path = "file.rs"] before mod, visibility in between.
    private string? FileOf(int mod)
    {
        for (var at = mod - 1; at > mod - 12 && !tokens.IsOneOf(at, ";{}"); at--)
            if (tokens.Is(at, "path") && tokens.Is(at + 1, '=') && tokens.IsText(at + 2))
                return tokens.Text(at + 2);
        return null;
    }

    // a::{b, c::{d as e, self}, *}; every end is an import.
    private int ReadUse(int at, string prefix, string[] scope)
    {
        var path = prefix;
        if (tokens.Is(at, ':', ':'))
            at += 2;
        while (tokens.IsName(at) || tokens.Is(at, '*') || tokens.Is(at, '{'))
        {
            if (tokens.Is(at, '{'))
            {
                var end = tokens.After(at);
                for (at++; at < end - 1;)
                    at = tokens.Is(at, ',') ? at + 1 : Math.Max(ReadUse(at, path, scope), at + 1);
                return end;
            }

            path = path.Length == 0 ? tokens.Text(at) : $"{path}::{tokens.Text(at)}";
            at++;
            if (!tokens.Is(at, ':', ':'))
                break;
            at += 2;
        }

        Import(path, scope);
        return tokens.Is(at, "as") ? at + 2 : at;
    }

    private int ReadPath(int at, string[] scope)
    {
        var path = tokens.Text(at);
        for (at++; tokens.Is(at, ':', ':') && tokens.IsName(at + 2); at += 3)
            path += "::" + tokens.Text(at + 2);
        if (char.IsLower(path[0]) && path.Contains("::", StringComparison.Ordinal))
            Import(path, scope);
        return at;
    }

    private void Import(string path, string[] scope)
    {
        var parts = path.Split("::").Where(part => part != "*").ToList();
        if (parts.Count > 1 && parts[^1] == "self")
            parts.RemoveAt(parts.Count - 1);
        if (parts.Count == 0 || parts[0].Length == 0 || Standard.Contains(parts[0]))
            return;
        if (scope.Length > 0 && parts[0] is "self" or "super")
        {
            var outer = scope.ToList();
            for (; parts.Count > 0 && parts[0] == "super" && outer.Count > 0; parts.RemoveAt(0))
                outer.RemoveAt(outer.Count - 1);
            if (parts.Count > 0 && parts[0] == "self")
                parts.RemoveAt(0);
            if (parts.Count == 0 || parts[0] != "super")
                parts.InsertRange(0, outer.Prepend("self"));
        }

        _draft.Import(string.Join("::", parts));
    }
}
