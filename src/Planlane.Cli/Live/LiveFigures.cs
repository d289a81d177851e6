using System.Globalization;

namespace Planlane.Cli.Live;

/// <summary>Figures in few columns.</summary>
internal static class LiveFigures
{
    /// <summary>A time as <c>1:05</c>, <c>1:02:03</c>.</summary>
    public static string Clock(TimeSpan time)
    {
        var seconds = (long)Math.Max(0, time.TotalSeconds);
        return seconds < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }

    /// <summary>A count as <c>950</c>, <c>12.3k</c>, <c>1.2M</c>.</summary>
    public static string Short(long count) => count switch
    {
        < 1_000 => count.ToString(CultureInfo.InvariantCulture),
        < 999_950 => string.Create(CultureInfo.InvariantCulture, $"{count / 1_000.0:0.0}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count / 1_000_000.0:0.0}M"),
    };
}
