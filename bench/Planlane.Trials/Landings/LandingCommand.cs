using System.CommandLine;
using System.Globalization;
using Planlane.Git;
using Planlane.Values;

namespace Planlane.Trials.Landings;

/// <summary><c>landing</c>: how long it takes to make commits in a large repository and to land them, side by side with git's own ways.</summary>
internal static class LandingCommand
{
    private const int FilesPerCommit = 4;

    public static Command Create()
    {
        var files = new Option<int>("--files") { Description = "How many files the repository has", DefaultValueFactory = _ => 80_000 };
        var commits = new Option<int[]>("--commits") { Description = "How many commits are made; may be given several times", DefaultValueFactory = _ => [8, 500], AllowMultipleArgumentsPerToken = true };
        var times = new Option<int>("--times") { Description = "How often each is measured; the median counts", DefaultValueFactory = _ => 5 };
        var command = new Command("landing", "Measures commits made by plumbing against cherry-picks, and a landing against a bare fast-forward") { files, commits, times };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(files), parsed.GetValue(commits)!, parsed.GetValue(times), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int files, int[] counts, int times, CancellationToken cancellationToken)
    {
        using var large = await LargeRepository.MakeAsync(files, cancellationToken).ConfigureAwait(false);
        var repository = await GitRepository.OpenAsync(large.Folder, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        await using var objects = new GitObjects(repository);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files:#,0} files; {FilesPerCommit} changed in each commit; medians, in milliseconds"));
        foreach (var count in counts)
        {
            var trial = new LandingTrial(large, repository, objects, await ChangesAsync(objects, files, count, cancellationToken).ConfigureAwait(false));
            // A loop of cherry-picks takes minutes when there are many, and differs little from time to time.
            var picked = await MedianAsync(count > 50 ? 1 : Math.Min(times, 3), () => trial.CherryPickAsync(cancellationToken)).ConfigureAwait(false);
            var made = await MedianAsync(times, () => trial.MakeAsync(cancellationToken)).ConfigureAwait(false);
            var landed = await MedianAsync(times, () => trial.LandAsync(cancellationToken)).ConfigureAwait(false);
            var forward = await MedianAsync(times, () => trial.FastForwardAsync(cancellationToken)).ConfigureAwait(false);
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count,4} commits: cherry-picked {picked,9:0}, made {made,7:0} (1/{picked / made:0.0}); made and landed {made + landed,7:0}, landed {landed,7:0}, git merge --ff-only {forward,7:0} ({(made + landed) / forward:0.00} times)"));
        }
    }

    // Each commit has a folder and files of its own, as lanes do.
    private static async Task<List<IReadOnlyList<TreeChange>>> ChangesAsync(GitObjects objects, int files, int count, CancellationToken cancellationToken)
    {
        var all = new List<IReadOnlyList<TreeChange>>();
        for (var commit = 0; commit < count; commit++)
        {
            var changes = new List<TreeChange>();
            for (var file = 0; file < FilesPerCommit; file++)
            {
                var blob = await objects.WriteBlobAsync(System.Text.Encoding.UTF8.GetBytes($"changed by commit {commit}, file {file}\n"), cancellationToken).ConfigureAwait(false);
                changes.Add(new TreeChange(LargeRepository.PathOf(((commit * 97 * LargeRepository.FilesPerFolder) + file) % files), blob, FileModes.File));
            }

            changes[^1] = changes[^1] with { Path = new RepoPath($"{changes[^1].Path.Folder}/new{commit}.txt") };
            all.Add(changes);
        }

        return all;
    }

    private static async Task<double> MedianAsync(int times, Func<Task<TimeSpan>> measure)
    {
        var measured = new List<double>();
        for (var time = 0; time < times; time++)
            measured.Add((await measure().ConfigureAwait(false)).TotalMilliseconds);
        return measured.Order().ElementAt(measured.Count / 2);
    }
}
