using System.CommandLine;

namespace Planlane.Trials.Maps;

/// <summary><c>map</c>: how long the map of a large repository takes, cold, warm and after a few changes, each in a process of its own.</summary>
internal static class MapCommand
{
    private const int Changed = 20;

    public static Command Create()
    {
        var files = new Option<int>("--files") { Description = "How many source files the repository has", DefaultValueFactory = _ => 10_000 };
        var times = new Option<int>("--times") { Description = "How often each case is measured", DefaultValueFactory = _ => 3 };
        var folder = new Option<DirectoryInfo?>("--repository") { Description = "Map this repository instead of one that is made; what it had kept of its maps is removed" };
        var command = new Command("map", "Measures the map of a large repository: cold, warm, and with 20 changed files") { files, times, folder };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(files), Math.Max(1, parsed.GetValue(times)), parsed.GetValue(folder)?.FullName, cancellationToken));
        return command;
    }

    private static async Task RunAsync(int files, int times, string? folder, CancellationToken cancellationToken)
    {
        using var repository = folder is null ? await MapRepository.MakeAsync(files, cancellationToken).ConfigureAwait(false) : await MapRepository.OpenAsync(folder, cancellationToken).ConfigureAwait(false);
        var (cold, warm, changed) = (new List<MapAnswer>(), new List<MapAnswer>(), new List<MapAnswer>());
        for (var turn = 0; turn < times; turn++)
        {
            repository.Forget();
            cold.Add(await MapProcess.MeasureAsync(repository.Folder, repository.Tree, cancellationToken).ConfigureAwait(false));
            warm.Add(await MapProcess.MeasureAsync(repository.Folder, repository.Tree, cancellationToken).ConfigureAwait(false));
            var tree = await repository.ChangeAsync(Changed, turn, cancellationToken).ConfigureAwait(false);
            changed.Add(await MapProcess.MeasureAsync(repository.Folder, tree, cancellationToken).ConfigureAwait(false));
            Console.Error.WriteLine($"{turn + 1} of {times}: cold {cold[^1].Seconds:0.00} s, warm {warm[^1].Seconds:0.00} s, {Changed} changed {changed[^1].Seconds:0.00} s");
        }

        MapReport.Write(Console.Out, cold, warm, changed);
    }
}
