using System.Diagnostics;

namespace Planlane.Trials.Processes;

internal static class PeakMemory
{
    /// <summary>The most physical memory that this process has held up to now, in bytes; shared library pages count.</summary>
    public static long OfThisProcess()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
