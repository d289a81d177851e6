using System.CommandLine;

namespace Planlane.Trials.Savings;

/// <summary>Compares Planlane with one agent alone, on one simulator, in virtual time, and says what was saved.</summary>
internal static class SavingsCommand
{
    public static Command Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "Trials of each cell, each with other luck", DefaultValueFactory = _ => 30 };
        var seed = new Option<int[]>("--seed") { Description = "Only these seeds", AllowMultipleArgumentsPerToken = true };
        var scenario = new Option<string[]>("--scenario") { Description = "Only these scenarios", AllowMultipleArgumentsPerToken = true };
        var arm = new Option<string[]>("--arm") { Description = $"Only these arms: {string.Join(", ", Arms.All)}", AllowMultipleArgumentsPerToken = true };
        var regime = new Option<string[]>("--regime") { Description = "How long tools take: seed, fast, commands; the ablations have the first", AllowMultipleArgumentsPerToken = true };
        var workers = new Option<int>("--workers") { Description = "Processes at once", DefaultValueFactory = _ => Environment.ProcessorCount };
        var output = new Option<FileInfo?>("-o") { Description = "Writes the page, such as docs/benchmarks.md, and its rows in the README of the folder above, if that has their marks" };
        var compare = new Option<FileInfo?>("--compare") { Description = "Prints the change against the page of an earlier time, instead of the page" };
        var fresh = new Option<bool>("--fresh") { Description = "Forgets the trials that are known" };
        var from = new Option<FileInfo?>("--from") { Description = "Runs nothing: makes the page of the trials that this file holds (savings/trials-VERSION.jsonl)" };
        var raw = new Option<bool>("--raw") { Description = "Prints every trial" };
        var command = new Command("savings", "Measures time, money and tokens against one agent alone") { seeds, seed, scenario, arm, regime, workers, output, compare, fresh, from, raw };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new SavingsOptions(
                parsed.GetValue(seeds), parsed.GetValue(seed)!, parsed.GetValue(scenario)!, parsed.GetValue(arm)!, parsed.GetValue(regime)!, parsed.GetValue(workers), parsed.GetValue(output), parsed.GetValue(compare), parsed.GetValue(fresh), parsed.GetValue(from), parsed.GetValue(raw)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(SavingsOptions options, CancellationToken cancellationToken)
    {
        var store = new TrialStore(options.From ?? TrialStore.In(options.Folder));
        var known = options.IsFresh ? [] : store.Read();
        var wanted = TrialGrid.Of(Assumptions.Current, options);
        List<SavingsTrial> missing = options.From is null ? [.. wanted.Where(trial => !known.ContainsKey(trial))] : [];
        await SavingsWorker.RunAsync(missing, Path.Combine(options.Folder, "checks"), options.Workers, Told, cancellationToken).ConfigureAwait(false);
        var figures = wanted.Where(known.ContainsKey).ToDictionary(trial => trial, trial => known[trial]);
        if (options.IsRaw)
            RawRows.Write(Console.Out, figures);
        var results = new Results(Assumptions.Current, figures);
        var page = SavingsPage.Of(results, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        Console.WriteLine(options.Compare is { } earlier
            ? Snapshot.Of(results).ChangesSince(Snapshot.Read(await File.ReadAllTextAsync(earlier.FullName, cancellationToken).ConfigureAwait(false)))
            : page[..page.IndexOf("<!-- figures", StringComparison.Ordinal)]);
        if (options.Output is { } output)
            await WriteAsync(output, page, cancellationToken).ConfigureAwait(false);
        return 0;

        void Told(SavingsTrial trial, TrialFigures result)
        {
            lock (known)
            {
                known[trial] = result;
                store.Add(trial, result);
                Console.Error.WriteLine($"{trial.Scenario} {trial.Arm} {trial.Regime} {trial.Seed}: {result.Outcome} {result.Seconds:0} s ${result.Usd:0.000} in {result.RealSeconds:0.0} s{(result.Outcome == TrialFigures.Failed ? $" ({result.Note})" : "")}");
            }
        }
    }

    private static async Task WriteAsync(FileInfo output, string page, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(output.FullName, page, cancellationToken).ConfigureAwait(false);
        var readme = new FileInfo(Path.Combine(output.DirectoryName!, "..", "README.md"));
        if (readme.Exists && await File.ReadAllTextAsync(readme.FullName, cancellationToken).ConfigureAwait(false) is var text && ReadmeRows.AreIn(text))
            await File.WriteAllTextAsync(readme.FullName, ReadmeRows.Renewed(text, page), cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>What is asked of the comparison.</summary>
internal sealed record SavingsOptions(
    int Seeds, int[] OnlySeeds, string[] Scenarios, string[] ArmNames, string[] RegimeNames, int Workers, FileInfo? Output, FileInfo? Compare, bool IsFresh, FileInfo? From, bool IsRaw)
{
    /// <summary>Where trials and the outcomes of checks are kept.</summary>
    public string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "savings");
}
