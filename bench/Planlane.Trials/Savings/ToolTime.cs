using System.Security.Cryptography;
using System.Text;

namespace Planlane.Trials.Savings;

/// <summary>Draws how long tools take, by the regime; the same trial draws the same, whatever order its commands come in.</summary>
internal sealed class ToolTime(Assumptions assumptions, SavingsTrial trial)
{
    private readonly Dictionary<string, int> _drawn = [];
    private readonly Lock _gate = new();
    private readonly Regime _regime = assumptions.RegimeOf(trial.Regime);

    /// <summary>Whether tools other than commands take time too.</summary>
    public bool OfEveryTurn => !_regime.OnlyCommands;

    /// <summary>The next time of something.</summary>
    /// <param name="what">What it is; each has a row of times of its own.</param>
    /// <param name="factor">A multiple of the regime's seconds.</param>
    public TimeSpan Next(string what, double factor = 1)
    {
        int count;
        lock (_gate)
            count = _drawn[what] = _drawn.GetValueOrDefault(what) + 1;
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{trial.Seed}/{trial.Scenario}/{what}/{count}"))));
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var middle = Seconds * (_regime.IsMean ? Math.Exp(-_regime.Sigma * _regime.Sigma / 2) : 1);
        return TimeSpan.FromSeconds(middle * factor * Math.Exp(_regime.Sigma * normal));
    }

    /// <summary>The regime's seconds.</summary>
    public double Seconds => _regime.MedianSeconds ?? assumptions.CaseOf(trial.Scenario).SeedTau;
}
