using System.Runtime.CompilerServices;
using System.Text;

namespace Planlane.Support;

/// <summary>Compares what a human reads with the text that was approved before.</summary>
/// <remarks>
/// The approved texts are <c>NAME.verified.txt</c> beside the test. A difference writes <c>NAME.received.txt</c> and fails;
/// <c>PLANLANE_UPDATE_SNAPSHOTS=1</c> takes the new text instead.
/// </remarks>
internal static class Snapshot
{
    private const int ContextLines = 2;

    public static void Match(string text, [CallerMemberName] string name = "", [CallerFilePath] string file = "")
    {
        var received = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        var stem = Path.Combine(Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{name}");
        var verified = File.Exists($"{stem}.verified.txt") ? File.ReadAllText($"{stem}.verified.txt").ReplaceLineEndings("\n") : "";
        if (verified == received)
            return;

        if (Environment.GetEnvironmentVariable("PLANLANE_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText($"{stem}.verified.txt", received);
            File.Delete($"{stem}.received.txt");
            return;
        }

        File.WriteAllText($"{stem}.received.txt", received);
        Assert.Fail($"The text differs from {Path.GetFileName(stem)}.verified.txt (PLANLANE_UPDATE_SNAPSHOTS=1 takes the new one):\n{Difference(verified, received)}");
    }

    private static string Difference(string verified, string received)
    {
        var (before, after) = (verified.Split('\n'), received.Split('\n'));
        var start = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = before.Skip(start).Reverse().Zip(after.Skip(start).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        var lines = new StringBuilder();
        foreach (var line in before.Take(start).TakeLast(ContextLines))
            lines.AppendLine($"  {line}");
        foreach (var line in before[start..^end])
            lines.AppendLine($"- {line}");
        foreach (var line in after[start..^end])
            lines.AppendLine($"+ {line}");
        foreach (var line in after.TakeLast(end).Take(ContextLines))
            lines.AppendLine($"  {line}");
        return lines.ToString();
    }
}
