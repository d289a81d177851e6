namespace Planlane.Sandbox.Linux;

/// <summary>What is left of a box when its command has ended, and how it goes away.</summary>
internal static class BoxEnd
{
    private const int MostLooks = 1000;

    /// <summary>Returns when nothing is there any more, or after some seconds: the kernel cannot kill a process that waits for a broken disk.</summary>
    /// <remarks>The kernel tells nobody when a namespace that is not one's own child is empty; so this looks.</remarks>
    public static async Task GoneAsync(Func<bool> isThere)
    {
        for (var look = 0; look < MostLooks && isThere(); look++)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1 + (look / 4), 10)), TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Looks now and then whether a group has hit a limit; ends with what it was, or with null when it is cancelled.</summary>
    public static async Task<string?> WatchAsync(Cgroup group, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250), time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
                if (group.Excess() is { } excess)
                    return excess;
        }
        catch (OperationCanceledException)
        {
            // The command has ended; whoever asked for the watch looks once more.
        }

        return null;
    }

    /// <summary>Whether a process is there, is no zombie and has this name; another one may have got its number.</summary>
    public static bool IsAlive(int process, string name)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{process}/stat");
            var close = words.LastIndexOf(')');
            return words[(words.IndexOf('(', StringComparison.Ordinal) + 1)..close] == name && words[close + 2] is not ('Z' or 'X');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes the private folder of a box.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in the temporary folder and holds nothing that matters.
        }
    }
}
