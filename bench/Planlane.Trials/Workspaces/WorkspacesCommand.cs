using System.CommandLine;
using Planlane.Trials.Maps;

namespace Planlane.Trials.Workspaces;

/// <summary><c>workspaces</c>: how long the workspaces of many agents take to be born, and what they take on disk, side by side with other ways.</summary>
internal static class WorkspacesCommand
{
    public static Command Create()
    {
        var files = new Option<int>("--files") { Description = "How many source files the repository has", DefaultValueFactory = _ => 10_000 };
        var agents = new Option<int>("--agents") { Description = "How many workspaces are born", DefaultValueFactory = _ => 32 };
        var slow = new Option<int?>("--slow-agents") { Description = "How many are made in the ways that write every file; at most 4 when not given" };
        var times = new Option<int>("--times") { Description = "How often each way is measured; those that write or name every file only once", DefaultValueFactory = _ => 3 };
        var command = new Command("workspaces", "Measures the birth of workspaces: ours, hard links, copies and git worktrees") { files, agents, slow, times };
        command.SetAction((parsed, cancellationToken) =>
        {
            var many = parsed.GetValue(agents);
            return RunAsync(parsed.GetValue(files), many, parsed.GetValue(slow) ?? Math.Min(many, 4), Math.Max(1, parsed.GetValue(times)), cancellationToken);
        });
        return command;
    }

    private static async Task RunAsync(int files, int agents, int slow, int times, CancellationToken cancellationToken)
    {
        using var repository = await MapRepository.MakeAsync(files, cancellationToken).ConfigureAwait(false);
        await using var births = await Births.OpenAsync(repository.Folder, cancellationToken).ConfigureAwait(false);
        Console.Error.WriteLine("the repository is made");
        // In turns, so that a machine that slows down slows all ways.
        var measured = births.Ways(agents, slow).ToDictionary(way => way, _ => new List<Birth>());
        for (var turn = 0; turn < times; turn++)
        {
            foreach (var (way, found) in measured.Where(pair => turn == 0 || !pair.Key.IsSlow))
            {
                found.Add(await births.MeasureAsync(way, cancellationToken).ConfigureAwait(false));
                Console.Error.WriteLine($"{turn + 1} of {times}: {way.Name}: {found[^1].Seconds:0.000} s");
            }
        }

        BirthReport.Write(Console.Out, births.Facts, [.. measured.Select(way => (way.Key, way.Value))]);
    }
}
