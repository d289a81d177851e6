using System.Globalization;
using Planlane.Budgets;

namespace Planlane.Cli.Output;

/// <summary>Figures as people read them, the same in every culture.</summary>
internal static class Figures
{
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Counted(long number, string thing) => $"{Count(number)} {thing}{(number == 1 ? "" : "s")}";

    /// <summary>Whole seconds from ten on, tenths below, hours without seconds.</summary>
    public static string Duration(double seconds)
    {
        var whole = (long)Math.Round(Math.Max(0, seconds));
        return whole switch
        {
            < 10 when whole != seconds => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, seconds):0.0} s"),
            < 60 => $"{whole} s",
            < 3600 => whole % 60 == 0 ? $"{whole / 60} min" : $"{whole / 60} min {whole % 60} s",
            _ => $"{whole / 3600} h {whole % 3600 / 60} min",
        };
    }

    /// <summary>A planned duration, no finer than it is known.</summary>
    public static string Minutes(double minutes) => minutes < 1 ? $"{Seconds(minutes)} s" : string.Create(CultureInfo.InvariantCulture, $"{minutes:0.#} min");

    public static string MinuteRange(double low, double high, string dash)
    {
        if (high < 1)
            return Seconds(low) == Seconds(high) ? $"{Seconds(high)} s" : $"{Seconds(low)}{dash}{Seconds(high)} s";
        if (low < 1 && Seconds(low) < 60)
            return $"{Seconds(low)} s{dash}{Whole(high)} min";
        return Whole(low) == Whole(high) ? $"{Whole(high)} min" : $"{Whole(low)}{dash}{Whole(high)} min";
    }

    /// <summary>A range of money with as many decimals as its smaller end needs to say something.</summary>
    public static string CostRange(Cost low, Cost high, string dash)
    {
        var form = low.Usd is > 0 and < 0.01m ? "0.000" : "0.00";
        var (from, to) = (low.Usd.ToString(form, CultureInfo.InvariantCulture), high.Usd.ToString(form, CultureInfo.InvariantCulture));
        return from == to ? $"${to}" : $"${from}{dash}{to}";
    }

    /// <summary>The part of a whole that is saved, in percent; negative when nothing is saved. 0 when the whole is nothing.</summary>
    public static int SavedPercent(double part, double whole) => whole <= 0 ? 0 : (int)Math.Round((1 - (part / whole)) * 100);

    /// <summary>A part of a whole, from 0 to 1, in whole percent.</summary>
    public static string Percent(double part) => $"{(int)Math.Round(part * 100)}%";

    private static int Seconds(double minutes) => Math.Max(5, (int)Math.Round(minutes * 12) * 5);

    private static int Whole(double minutes) => Math.Max(1, (int)Math.Round(minutes));
}
