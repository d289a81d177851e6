using System.Globalization;
using Planlane.Trials.WholeRun;

namespace Planlane.Trials.Workspaces;

/// <summary>Prints the births: one row a way, and how it compares to the last, workspace by workspace.</summary>
internal static class BirthReport
{
    private const double MegaByte = 1_000_000;

    public static void Write(TextWriter output, string facts, IReadOnlyList<(BirthWay Way, List<Birth> Births)> measured)
    {
        var (last, compared) = measured[^1];
        var (secondsEach, bytesEach) = (Seconds(compared) / last.Agents, Bytes(compared) / last.Agents);
        output.WriteLine(facts);
        output.WriteLine(Text($"Median (lowest-highest) of {measured.Max(way => way.Births.Count)}, of slow ways one measurement; without the removal; ratios are per workspace, against {last.Name}."));
        output.WriteLine();
        output.WriteLine($"{"",-52}{"number",7}{"seconds",24}{"MB",11}{"time",10}{"disk",10}");
        foreach (var (way, births) in measured)
        {
            var (seconds, bytes) = (Seconds(births), Bytes(births));
            output.WriteLine(
                $"{way.Name,-52}{way.Agents,7}"
                + Text($"{seconds:0.000} ({births.Min(birth => birth.Seconds):0.000}-{births.Max(birth => birth.Seconds):0.000})").PadLeft(24)
                + Text($"{bytes / MegaByte,11:#,0.0}")
                + Text($"1/{secondsEach / (seconds / way.Agents):0.#}").PadLeft(10)
                + (bytes == 0 ? "none" : Text($"1/{bytesEach / (bytes / way.Agents):0.#}")).PadLeft(10));
        }
    }

    private static double Seconds(List<Birth> births) => TrialReport.Median(births.Select(birth => birth.Seconds));

    private static double Bytes(List<Birth> births) => TrialReport.Median(births.Select(birth => (double)birth.Bytes));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
