namespace Planlane.Planning;

/// <summary>How long a plan's tasks take by the clock when they are scheduled as a run does: whoever is ready starts, the longest remaining path first, within the slots.</summary>
/// <param name="tasks">The tasks in the order in which they start when several may.</param>
/// <param name="slots">How many may run at once, at least 1.</param>
internal sealed class ScheduleTime(IReadOnlyList<TaskModel> tasks, int slots)
{
    /// <summary>The seconds until the last task has ended.</summary>
    /// <remarks>
    /// Scheduling by a list can take longer with more slots (Graham's anomaly). The best of all numbers of slots up to the run's is taken, so that more slots never
    /// raise an estimate; the difference is small and rare.
    /// </remarks>
    /// <param name="seconds">How long each task takes.</param>
    /// <param name="release">When the first task lets the others start, in seconds: they read the prefix that it writes to the prompt cache.</param>
    public double Of(double[] seconds, double release)
    {
        var unlimited = At(tasks.Count, seconds, release);
        var best = slots >= tasks.Count ? unlimited : At(slots, seconds, release);
        var whole = seconds.Sum();
        for (var width = slots - 1; width > 0 && best > unlimited && whole / width < best; width--)
            best = Math.Min(best, At(width, seconds, release));
        return best;
    }

    private double At(int width, double[] seconds, double release)
    {
        var (now, ended) = (0.0, 0);
        var ends = new double[tasks.Count];
        var (begun, done) = (new bool[tasks.Count], new bool[tasks.Count]);
        var (running, any) = (0, false);
        while (ended < tasks.Count)
        {
            for (var i = 0; i < tasks.Count && running < width && (!any || now >= release); i++)
                if (!begun[i] && IsReady(tasks[i], done))
                    (begun[i], ends[i], running, any) = (true, now + seconds[i], running + 1, true);

            if (running == 0 && any)
                throw new ArgumentException("The tasks wait for one another in a circle; only plans that keep the rules have a time.");
            now = Next(ends, begun, done, now < release && running < width ? release : double.PositiveInfinity);
            for (var i = 0; i < tasks.Count; i++)
                if (begun[i] && !done[i] && ends[i] <= now)
                    (done[i], running, ended) = (true, running - 1, ended + 1);
        }

        return now;
    }

    private static bool IsReady(TaskModel task, bool[] done)
    {
        for (var i = 0; i < task.After.Count; i++)
            if (!done[task.After[i]])
                return false;
        return true;
    }

    private static double Next(double[] ends, bool[] begun, bool[] done, double next)
    {
        for (var i = 0; i < ends.Length; i++)
            if (begun[i] && !done[i])
                next = Math.Min(next, ends[i]);
        return next;
    }
}
