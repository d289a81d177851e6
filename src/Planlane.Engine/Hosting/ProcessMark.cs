using System.Globalization;

namespace Planlane.Hosting;

/// <summary>Names a process so that no other one is taken for it: its number, when it started, and the space that the number is of. Where the system does not tell the last two, nothing can be known of a mark.</summary>
internal static class ProcessMark
{
    // The fields of /proc/PID/stat behind the name, which may itself hold spaces: the 22nd of all is the start, in ticks since the machine's.
    private const int StartField = 19;

    /// <summary>This process, as three numbers with dots between them.</summary>
    public static string Current { get; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}.{StartOf(Environment.ProcessId)}.{Space()}");

    /// <summary>Whether the process that a text begins with, up to a dash, runs no more; null when that cannot be known here.</summary>
    public static bool? IsGone(string text) => text.Split('-')[0].Split('.') is [var process, { Length: > 0 } start, var space] && int.TryParse(process, CultureInfo.InvariantCulture, out var id) && space == Space()
        ? StartOf(id) != start
        : null;

    private static string? StartOf(int process)
    {
        try
        {
            var words = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return words[(words.LastIndexOf(')') + 2)..].Split(' ')[StartField];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    // Containers count their processes anew, and may share a temporary folder.
    private static string Space() => new FileInfo("/proc/self/ns/pid").LinkTarget is { } link ? string.Concat(link.Where(char.IsAsciiDigit)) : "";
}
