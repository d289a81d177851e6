using System.Globalization;

namespace Planlane.Sandbox.Linux;

/// <summary>Finds and kills what a command left behind where no namespace does it.</summary>
internal static class LeftProcesses
{
    /// <summary>Kills all that it finds once; says whether there was anything.</summary>
    /// <param name="group">The command's control group, which nothing can leave; null where there is none.</param>
    /// <param name="variable">Without a group: a variable that marks the command's processes. One that clears its environment is not found.</param>
    /// <param name="value">The variable's value.</param>
    public static bool Kill(Cgroup? group, string variable, string value)
    {
        if (group is not null)
        {
            group.Kill();
            return group.Processes.Count > 0;
        }

        var marked = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Select(name => int.TryParse(name, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && id != Environment.ProcessId && IsMarked(id, $"{variable}={value}")).ToList();
        foreach (var process in marked)
            Libc.Signal(process, Libc.Kill);
        return marked.Count > 0;
    }

    /// <summary>How many processes and threads this user has: without a namespace the kernel's limit counts them all.</summary>
    public static int CountOfUser()
    {
        var user = Libc.EffectiveUser().ToString(CultureInfo.InvariantCulture);
        return Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Sum(folder => ThreadsOf(folder, user));
    }

    private static int ThreadsOf(string folder, string user)
    {
        try
        {
            var lines = File.ReadAllLines(Path.Combine(folder, "status"));
            return lines.Any(line => line.StartsWith("Uid:", StringComparison.Ordinal) && line.Split('\t')[1] == user)
                ? lines.Where(line => line.StartsWith("Threads:", StringComparison.Ordinal)).Select(line => int.Parse(line[8..], CultureInfo.InvariantCulture)).FirstOrDefault()
                : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static bool IsMarked(int process, string mark)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ").Split('\0').Contains(mark);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
