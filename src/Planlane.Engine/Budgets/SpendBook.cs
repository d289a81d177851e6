namespace Planlane.Budgets;

/// <summary>What the lines of a ledger add up to. Not thread-safe.</summary>
internal sealed class SpendBook
{
    private readonly Dictionary<(string Account, string Repository, DateOnly Day), Cost> _spent = [];
    private readonly Dictionary<string, SpendLine> _open = [];
    private readonly Dictionary<(string Repository, string Run), Cost> _runs = [];

    /// <summary>Takes in a line; one that settles what is not known counts for nothing.</summary>
    public void Add(SpendLine line)
    {
        if (line is { Call: { } call, Reserved: not null })
            _open[call] = line;
        else if (line is { Call: { } settled, Spent: { } cost } && _open.Remove(settled, out var reserved))
            Settle(reserved, settled, cost);
        else if (line is { Run: { } run, RunSpent: { } sum })
            _runs[(line.Repository ?? "", run)] = new Cost(sum);
        else if (line is { Call: null, Spent: { } spent })
            Spend(line, spent);
    }

    /// <summary>What stands against the caps that hold.</summary>
    /// <param name="caps">The caps.</param>
    /// <param name="account">Who is paid.</param>
    /// <param name="repository">The asker's repository.</param>
    /// <param name="day">Today.</param>
    /// <param name="isOwn">Whether a reservation is the asker's own.</param>
    public IEnumerable<SpendLevel> Levels(SharedBudgets caps, string account, string repository, DateOnly day, Func<string, bool> isOwn)
    {
        if (caps.Day is { } most)
            yield return Level(SpendScope.Day, most, (at, _, on) => at == account && on == day, isOwn);
        if (caps.Repository is { } all)
            yield return Level(SpendScope.Repository, all, (at, where, _) => at == account && where == repository, isOwn);
    }

    /// <summary>What calls of one run cost that reserved and have ended, and what those hold reserved that no process of this kind will settle.</summary>
    /// <param name="repository">Its repository.</param>
    /// <param name="run">The run.</param>
    /// <param name="isOwn">Whether a reservation is the asker's own.</param>
    public (Cost Settled, Cost Lost) OfRun(string repository, string run, Func<string, bool> isOwn) =>
        (_runs.GetValueOrDefault((repository, run)), new Cost(_open.Values.Where(line => line.Repository == repository && RunOf(line.Call!) == run && !isOwn(line.Call!)).Sum(line => line.Reserved!.Value)));

    /// <summary>Lines that add up to the same, in few: days before <paramref name="before"/> become one.</summary>
    public IEnumerable<SpendLine> Compact(DateOnly before) =>
    [
        .. _spent.GroupBy(row => row.Key with { Day = row.Key.Day < before ? DateOnly.MinValue : row.Key.Day })
            .Select(group => new SpendLine { Day = group.Key.Day, Account = group.Key.Account, Repository = group.Key.Repository, Spent = group.Sum(row => row.Value.Usd) }),
        .. _runs.Select(run => new SpendLine { Repository = run.Key.Repository, Run = run.Key.Run, RunSpent = run.Value.Usd }),
        .. _open.Values,
    ];

    private SpendLevel Level(SpendScope scope, Cost cap, Func<string, string, DateOnly, bool> counts, Func<string, bool> isOwn)
    {
        var spent = _spent.Where(row => counts(row.Key.Account, row.Key.Repository, row.Key.Day)).Sum(row => row.Value.Usd);
        var open = _open.Values.Where(line => counts(line.Account ?? "", line.Repository ?? "", line.Day ?? DateOnly.MinValue)).ToList();
        var own = open.Where(line => isOwn(line.Call!)).Sum(line => line.Reserved!.Value);
        return new SpendLevel(scope, cap, new Cost(spent), new Cost(own), new Cost(open.Sum(line => line.Reserved!.Value) - own));
    }

    private void Settle(SpendLine reserved, string call, decimal usd)
    {
        Spend(reserved, usd);
        var run = (reserved.Repository ?? "", RunOf(call));
        _runs[run] = _runs.GetValueOrDefault(run) + new Cost(usd);
    }

    // The name of a reservation begins with the run's.
    private static string RunOf(string call) => call.Split('/')[0];

    private void Spend(SpendLine line, decimal usd)
    {
        var key = (line.Account ?? "", line.Repository ?? "", line.Day ?? DateOnly.MinValue);
        _spent[key] = _spent.GetValueOrDefault(key) + new Cost(usd);
    }
}
