using Planlane.Budgets;
using Planlane.Cli.Settings;
using Planlane.Cli.Telemetry;
using Planlane.Hosting;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Commands;

/// <summary>Where commands get the engine from.</summary>
internal static class EngineDoor
{
    /// <summary>Opens the runs of the repository that holds the current folder. The key is looked for when a model is first needed.</summary>
    /// <param name="connection">Where the models are; the environment says it when null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<RunService> OpenAsync(ModelConnection? connection, CancellationToken cancellationToken) => RunService.OpenAsync(
        Environment.CurrentDirectory,
        new EngineOptions
        {
            Seed = Random.Shared.Next(),
            Sandbox = BoxNetworkCommand.Sandbox,
            Secrets = ProcessSecrets.Mask,
            LogFile = Environment.GetEnvironmentVariable("PLANLANE_LOG") is { Length: > 0 } path ? Path.GetFullPath(path) : null,
            TracesContent = ExportSettings.CapturesContent(Environment.GetEnvironmentVariable),
            TraceParent = Environment.GetEnvironmentVariable("TRACEPARENT"),
            Spending = SpendPlaceOf(connection),
            Models = () => AnthropicModels.Connect(connection ?? ModelConnection.FromEnvironment(Environment.GetEnvironmentVariable), TimeProvider.System),
        },
        cancellationToken);

    // What a server on this machine is paid counts in its repository alone: mostly it is a simulator.
    private static SpendPlace? SpendPlaceOf(ModelConnection? connection)
    {
        var address = connection?.BaseUrl.ToString() ?? Environment.GetEnvironmentVariable("ANTHROPIC_BASE_URL")?.Trim();
        var host = Uri.TryCreate(address, UriKind.Absolute, out var url) ? url : null;
        return host is { IsLoopback: true } ? null : new SpendPlace(SettingsSources.SpendingFile(Environment.GetEnvironmentVariable), host?.Host ?? "api.anthropic.com");
    }

    /// <summary>What a run may use: the flags over the settings of the environment and of the files.</summary>
    public static RunSettings SettingsOf(SettingsLayer flags) => RunSettingsBuilder.Build(Merged(flags), ModelCatalogue.Load());

    /// <summary>The flags over the settings of the environment and of the files.</summary>
    public static SettingsLayer Merged(SettingsLayer flags) => flags.Over(SettingsSources.Read(Environment.CurrentDirectory, Environment.GetEnvironmentVariable));

    /// <summary>The shared caps of today: the flags over the settings; what neither says stays as it was kept.</summary>
    public static SharedBudgets SharedOf(SharedBudgets kept, SharedBudgets flags)
    {
        var now = Merged(new SettingsLayer { SharedBudgets = flags }).SharedBudgets;
        return new SharedBudgets(now.Day ?? kept.Day, now.Repository ?? kept.Repository);
    }

    /// <summary>The run that an id or a prefix of one names; the newest when none is given.</summary>
    public static async Task<RunState> FindAsync(RunService service, string? run, CancellationToken cancellationToken) => run is null
        ? await service.LatestAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new PlanlaneException(FaultKind.Usage, "There is no run in this repository yet.", "Start one: planlane \"REQUEST\"")
        : await service.LoadAsync(new RunId(run), cancellationToken).ConfigureAwait(false);
}
