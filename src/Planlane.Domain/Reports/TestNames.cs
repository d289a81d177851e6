namespace Planlane.Reports;

/// <summary>Compares the names of tests, which every runner writes in its own way.</summary>
public static class TestNames
{
    private static readonly string[] Separators = [" > ", " › ", "::", ".", "/"];

    /// <summary>The name of the test itself, without the file, class or group that it is in.</summary>
    public static string LastPart(string name)
    {
        var head = Head(name);
        var at = Separators.Max(separator => head.LastIndexOf(separator, StringComparison.Ordinal) is var found and >= 0 ? found + separator.Length : 0);
        return name[at..];
    }

    /// <summary>Whether somebody who wrote <paramref name="written"/> means the test that a runner calls <paramref name="name"/>: its whole name, or the end of it from where a part begins; arguments may be left out.</summary>
    public static bool Means(string written, string name)
    {
        var (asked, full) = (written.Trim().TrimEnd('(', ')'), name.Trim());
        if (asked.Length == 0)
            return false;
        return Ends(full, asked) || Ends(Head(full), asked) || Ends(Spoken(Head(full)), Spoken(asked));
    }

    /// <summary>Whether somebody who wrote <paramref name="written"/> means the group, class or file that a test is in.</summary>
    public static bool IsGroupOf(string written, string name)
    {
        var (asked, full) = (written.Trim(), Head(name.Trim()));
        return asked.Length > 0 && Separators.Any(before => Separators.Any(after => $"{before}{full}".Contains($"{before}{asked}{after}", StringComparison.Ordinal)));
    }

    private static bool Ends(string full, string asked) =>
        full == asked || (full.EndsWith(asked, StringComparison.Ordinal) && Separators.Any(separator => full[..^asked.Length].EndsWith(separator, StringComparison.Ordinal)));

    // Runners join groups and tests differently: " > ", " › ", or a blank.
    private static string Spoken(string name) => name.Replace(" › ", " > ", StringComparison.Ordinal).Replace("::", ".", StringComparison.Ordinal);

    // A case of a test with arguments: Numbers(n: 2), test_param[2].
    private static string Head(string name)
    {
        var at = name.IndexOfAny(['(', '[']);
        return at > 0 && name[at - 1] != ' ' ? name[..at] : name;
    }
}
