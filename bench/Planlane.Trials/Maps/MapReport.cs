using System.Globalization;
using Planlane.Trials.WholeRun;

namespace Planlane.Trials.Maps;

/// <summary>Prints the measured maps: one row a case, medians.</summary>
internal static class MapReport
{
    private const double MegaByte = 1_000_000;

    public static void Write(TextWriter output, IReadOnlyList<MapAnswer> cold, IReadOnlyList<MapAnswer> warm, IReadOnlyList<MapAnswer> changed)
    {
        var first = cold[0];
        output.WriteLine(Text($"{first.Files:#,0} files ({first.Languages}), {first.Uses:#,0} uses, {first.Signatures:#,0} public declarations, {first.MuchUsed} files that are hubs by their dependants."));
        output.WriteLine(Text($"Whole processes, median (lowest-highest) of {cold.Count}; seconds."));
        output.WriteLine();
        output.WriteLine($"{"",-24}{"process",22}{"map",10}{"processor",11}{"peak MB",10}");
        Row("cold", cold);
        Row("warm", warm);
        Row("20 files changed", changed);
        output.WriteLine();
        var (coldSeconds, warmSeconds, changedSeconds) = (Median(cold, answer => answer.Seconds), Median(warm, answer => answer.Seconds), Median(changed, answer => answer.Seconds));
        output.WriteLine(Text($"cold / warm = {coldSeconds / warmSeconds:0.0}, cold / changed = {coldSeconds / changedSeconds:0.0}, changed / warm = {changedSeconds / warmSeconds:0.0} (aims for 10,000 files: cold at most 10 s, warm at most 1 s)."));

        void Row(string name, IReadOnlyList<MapAnswer> answers) => output.WriteLine(
            $"{name,-24}"
            + Text($"{Median(answers, answer => answer.Seconds):0.00} ({answers.Min(answer => answer.Seconds):0.00}-{answers.Max(answer => answer.Seconds):0.00})").PadLeft(22)
            + Text($"{Median(answers, answer => answer.MapSeconds),10:0.00}")
            + Text($"{Median(answers, answer => answer.ProcessorSeconds),11:0.00}{Median(answers, answer => answer.PeakBytes / MegaByte),10:0}"));
    }

    private static double Median(IReadOnlyList<MapAnswer> answers, Func<MapAnswer, double> valueOf) => TrialReport.Median(answers.Select(valueOf));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
