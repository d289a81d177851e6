using System.Globalization;

namespace Planlane.Trials.Scale;

/// <summary>What is asked of one process: so many agents, each of which makes so many calls of so many seconds.</summary>
/// <param name="Agents">Agents, at least 1.</param>
/// <param name="Slots">How many of them may run at once.</param>
/// <param name="CallSeconds">Seconds from a request to the whole answer, every time the same.</param>
/// <param name="AtOnce">How many calls the service answers at once, or 0 for any number.</param>
internal sealed record ScaleLoad(int Agents, int Slots, double CallSeconds, int AtOnce)
{
    /// <summary>Calls of each agent: it writes a file, writes another, and finishes.</summary>
    public const int Calls = 3;

    /// <summary>Seconds that no scheduler could go below.</summary>
    public double Ideal
    {
        get
        {
            var width = Math.Min(Agents, AtOnce == 0 ? Slots : Math.Min(Slots, AtOnce));
            return Math.Ceiling((double)Agents * Calls / width) * CallSeconds;
        }
    }

    public string Name => string.Create(
        CultureInfo.InvariantCulture, $"{Agents} agents x {Calls} calls of {CallSeconds:0.##} s, {Slots} slots{(AtOnce == 0 ? "" : $", {AtOnce} answered at once")}");

    public IEnumerable<string> Arguments => [$"{Agents}", $"{Slots}", CallSeconds.ToString("R", CultureInfo.InvariantCulture), $"{AtOnce}"];

    public static ScaleLoad Parse(IReadOnlyList<string> arguments) => new(
        int.Parse(arguments[0], CultureInfo.InvariantCulture),
        int.Parse(arguments[1], CultureInfo.InvariantCulture),
        double.Parse(arguments[2], CultureInfo.InvariantCulture),
        int.Parse(arguments[3], CultureInfo.InvariantCulture));
}
