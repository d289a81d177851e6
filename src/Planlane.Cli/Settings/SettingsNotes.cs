using Planlane.Requests;
using Planlane.Workspaces;

namespace Planlane.Cli.Settings;

/// <summary>What a repository's settings file asks for and does not get.</summary>
internal static class SettingsNotes
{
    /// <summary>The sentences for the user.</summary>
    /// <param name="asked">The merged settings.</param>
    /// <param name="given">What the run has.</param>
    public static IEnumerable<string> Of(WorkspaceSettings asked, RunSettings given)
    {
        var network = new NetworkSetting(given.Workspace.Network, given.Workspace.Hosts);
        if (given.Workspace.IsSandboxed && asked.AskedNetwork is { } wish && wish.Within(network) != wish)
            yield return wish.Access is NetworkAccess.Open
                ? $"{SettingsSources.RepositoryFile} asks for the whole network; commands do not get it. --allow-network gives it."
                : $"{SettingsSources.RepositoryFile} asks for the network to {string.Join(", ", wish.Hosts)}; commands do not get all of it. {string.Join(' ', wish.Hosts.Select(host => $"--allow-host {Output.CommandText.Quoted(host)}"))} gives it.";
        if (given.Workspace.IsSandboxed && asked.AsksForNoSandbox)
            yield return $"{SettingsSources.RepositoryFile} asks for commands without a sandbox; only --no-sandbox or your own settings file turn it off.";
    }
}
