using Planlane.Cli.Settings;
using Planlane.Runs;
using Planlane.Workspaces;

namespace Planlane.Cli.Commands;

/// <summary>What <c>planlane doctor</c> says of workspaces: how they are made on this machine for this repository, tried, and why not better.</summary>
internal static class WorkspaceFindings
{
    private const string Name = "workspaces";

    public static async Task<IEnumerable<Finding>> OfAsync(CancellationToken cancellationToken)
    {
        try
        {
            var policy = EngineDoor.SettingsOf(SettingsLayer.Empty).Workspace;
            var service = await EngineDoor.OpenAsync(null, cancellationToken).ConfigureAwait(false);
            return [Of(await service.WorkspacesAsync(policy, cancellationToken).ConfigureAwait(false))];
        }
        catch (PlanlaneException)
        {
            // That there is no repository here, or that its settings cannot be read, has a line of its own.
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [new(Name, Level.Bad, $"No folder for them can be made: {exception.Message}", "Runs need to write in the repository's .git folder and in the temporary folder.")];
        }
    }

    private static Finding Of(WorkspaceFacts facts) => facts.Kind switch
    {
        WorkspaceKind.Overlay => new(Name, Level.Good, $"layers over one frozen copy. {facts.Reason}"),
        WorkspaceKind.HardLinks => new(Name, Level.Note, $"folders of hard links, a name for each file and agent. {facts.Reason}"),
        _ => new(Name, Level.Note, $"whole copies, for each agent that runs a command. {facts.Reason}", "TMPDIR on the repository's file system makes them hard links."),
    };
}
