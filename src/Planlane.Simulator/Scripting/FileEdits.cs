namespace Planlane.Simulator.Scripting;

/// <summary>What a file holds by a conversation, and the edit that mends it.</summary>
internal static class FileEdits
{
    /// <summary>What a file holds after all writes and edits of a conversation that succeeded; <paramref name="before"/> when there were none.</summary>
    public static string? Held(AgentMemory memory, string path, string? before)
    {
        var held = before ?? memory.Found.GetValueOrDefault(path);
        foreach (var call in memory.Calls.Where(call => call.Succeeded && call.Path == path))
        {
            if (call.Name == "write_file")
                held = call.Text("content");
            else if (call.Name == "edit_file")
                held = call.Edits.Aggregate(held, (text, edit) => edit is { Old: { } old, New: { } to } && text is not null ? Replaced(text, old, to) : text);
        }

        return held;
    }

    /// <summary>The shortest run of whole lines, unique in the text, whose replacement makes it the wanted one.</summary>
    /// <param name="text">What the file holds; differs from what is wanted.</param>
    /// <param name="wanted">What it should hold.</param>
    public static (string Old, string New) Between(string text, string wanted)
    {
        string[] have = Lines(text), want = Lines(wanted);
        var start = 0;
        while (start < Math.Min(have.Length, want.Length) && have[start] == want[start])
            start++;
        var end = 0;
        while (end < Math.Min(have.Length, want.Length) - start && have[^(end + 1)] == want[^(end + 1)])
            end++;
        // An edit needs something to find, and may find it only once.
        while (Old() is var old && (old.Length == 0 || Count(text, old) != 1) && (start > 0 || end > 0))
            (start, end) = (Math.Max(0, start - 1), Math.Max(0, end - 1));
        return (Old(), string.Concat(want[start..^end]));

        string Old() => string.Concat(have[start..^end]);
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Index().Select(line => line.Index == 0 ? line.Item : "\n" + line.Item)];

    private static string Replaced(string text, string old, string to) => text.IndexOf(old, StringComparison.Ordinal) is var at and >= 0 ? text[..at] + to + text[(at + old.Length)..] : text;

    private static int Count(string text, string part)
    {
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0 && count < 2; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
            count++;
        return count;
    }
}
