using System.CommandLine;
using System.Diagnostics;
using Planlane.Git;
using Planlane.Requests;
using Planlane.Trials.Processes;
using Planlane.Values;

namespace Planlane.Trials.Maps;

/// <summary>One map in a fresh process, as a user starts it: what has to be compiled or loaded on the way counts, the start of the process too.</summary>
internal static class MapProcess
{
    private const string Name = "map-process";
    private const string Request = "Add rate limiting with a token bucket to the order service, and show the limits in the dashboard";

    public static async Task<MapAnswer> MeasureAsync(string folder, ObjectId tree, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        using var child = ChildProcess.Start(Name, folder, tree.Value);
        var answer = await child.ReadAsync<MapAnswer>(cancellationToken).ConfigureAwait(false);
        return answer with { Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds };
    }

    public static Command CreateCommand()
    {
        var folder = new Argument<string>("folder");
        var tree = new Argument<string>("tree");
        var command = new Command(Name) { folder, tree };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(folder)!, new ObjectId(parsed.GetValue(tree)!), cancellationToken));
        return command;
    }

    private static async Task RunAsync(string folder, ObjectId tree, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var repository = await GitRepository.OpenAsync(folder, time, cancellationToken).ConfigureAwait(false);
        await using var objects = new GitObjects(repository);
        var head = (await repository.GetStateAsync(cancellationToken).ConfigureAwait(false)).Head!.Value;

        var (begun, used) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var map = await new RepositorySurvey(repository, objects, new CodeGraphBuilder(repository))
            .MapAsync(tree, head, RequestText.Parse(Request), [], RepositorySurvey.PlannerTokens, cancellationToken).ConfigureAwait(false);
        ChildProcess.Answer(new MapAnswer(
            0, time.GetElapsedTime(begun).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds, PeakMemory.OfThisProcess(), map.Graph.Files.Count,
            map.Graph.Files.Sum(file => file.Uses.Count), map.Graph.Files.Sum(file => file.Signatures.Count), map.Graph.Files.Count(file => file.Hub is HubKind.ManyDependants),
            string.Join(", ", map.Languages.Select(share => $"{share.Language} {share.Files}"))));
    }
}

/// <summary>What the process of a map tells.</summary>
/// <param name="Seconds">From before its start until its answer.</param>
/// <param name="MapSeconds">For the map alone: list of the tree, graph, ranking, packing.</param>
/// <param name="ProcessorSeconds">Processor time that the map took in this process, in all threads; git's own is not in it.</param>
/// <param name="PeakBytes">Its peak memory.</param>
/// <param name="Files">The files of the tree.</param>
/// <param name="Uses">The pairs of files of which one uses the other.</param>
/// <param name="Signatures">The public declarations.</param>
/// <param name="MuchUsed">The hubs that are hubs by their dependants alone.</param>
/// <param name="Languages">The languages with their files.</param>
internal sealed record MapAnswer(
    double Seconds, double MapSeconds, double ProcessorSeconds, long PeakBytes, int Files, int Uses, int Signatures, int MuchUsed, string Languages);
