using Planlane.Git;
using Planlane.Simulator.Scripting;

namespace Planlane.Trials.WholeRun;

/// <summary>A scenario's sample in a real git repository in a temporary folder; removed at the end.</summary>
internal sealed class TrialRepository : IDisposable
{
    private TrialRepository(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<TrialRepository> MakeAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        var repository = new TrialRepository(Directory.CreateTempSubdirectory("planlane-trial-").FullName);
        scenario.CopyBaseTo(repository.Folder);
        var git = new GitCli(repository.Folder);
        string[][] commands =
        [
            ["init", "-q", "-b", "main"], ["config", "user.name", "Ada Example"], ["config", "user.email", "ada@example.org"], ["config", "commit.gpgSign", "false"],
            ["add", "-A"], ["commit", "-q", "-m", "Start"],
        ];
        foreach (var command in commands)
            await git.RunAsync(new GitCall(command), cancellationToken).ConfigureAwait(false);
        return repository;
    }

    public void Dispose()
    {
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly))
            file.IsReadOnly = false;
        Directory.Delete(Folder, recursive: true);
    }
}
