namespace Planlane.Cli.Live;

/// <summary>What the environment says of the terminal.</summary>
internal static class TerminalKind
{
    /// <summary>Whether the terminal wraps lines anew when it gets narrower, as nearly all do; those known not to are xterm, rxvt, screen and the console of the system.</summary>
    public static bool Reflows(Func<string, string?> variable)
    {
        if (variable("TMUX") is { Length: > 0 })
            return true;
        var term = variable("TERM") ?? "";
        return variable("XTERM_VERSION") is not { Length: > 0 }
            && !term.StartsWith("rxvt", StringComparison.Ordinal) && !term.StartsWith("screen", StringComparison.Ordinal) && term is not ("linux" or "vt100" or "vt220");
    }

    /// <summary>Whether the locale has letters beyond ASCII; where none is set, nearly all terminals of today show them.</summary>
    public static bool HasUnicode(Func<string, string?> variable)
    {
        var locale = new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(variable).FirstOrDefault(value => value is { Length: > 0 });
        if (locale is null)
            return true;
        var charset = locale.Split('.', 2) is [_, var named] ? named.Split('@')[0] : null;
        return charset is not null ? charset.Replace("-", "", StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase) : locale is not ("C" or "POSIX");
    }
}
