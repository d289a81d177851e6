using System.Text.Json.Nodes;
using Planlane.Git;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Simulator.Scripting;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Trials.Scale;

/// <summary>A scenario of any number of independent tasks, and a small repository for it, in a temporary folder; removed at the end.</summary>
internal sealed class ScaleScenario : IDisposable
{
    private const string Request = "Write two notes on each topic";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planlane-scale-");

    public string Folder => Path.Combine(_folder.FullName, "scenario");

    public string Repository => Path.Combine(_folder.FullName, "repository");

    public static PlanFile PlanOf(int agents) => new(new RunRequest(Request, [], []), null, new Plan(
        Plan.SchemaVersion, new Suitability(true, "The notes have nothing to do with each other."), [], [], Enumerable.Range(1, agents).Select(TaskOf).ToValueList(), [], []));

    public static async Task<ScaleScenario> MakeAsync(int agents, CancellationToken cancellationToken)
    {
        var made = new ScaleScenario();
        var tasks = new JsonObject();
        foreach (var number in Enumerable.Range(1, agents))
        {
            var writes = new JsonArray();
            foreach (var path in FilesOf(number))
            {
                writes.Add(path.Value);
                await made.WriteAsync($"scenario/gold/{path}", $"# Topic {number}\n\nThis is what there is to say about it.\n").ConfigureAwait(false);
            }

            tasks[IdOf(number)] = new JsonObject { ["writes"] = writes, ["work"] = "Wrote both notes", ["oneByOne"] = true };
        }

        var scenario = new JsonObject { ["format"] = 1, ["name"] = "scale", ["title"] = "Many independent notes", ["request"] = Request, ["tasks"] = tasks };
        await made.WriteAsync("scenario/scenario.json", scenario.ToJsonString()).ConfigureAwait(false);
        await made.WriteAsync("scenario/plan.json", PlanDocument.Write(PlanOf(agents).Plan)).ConfigureAwait(false);
        await made.WriteAsync("repository/README.md", "# Notes\n\nA folder for each topic.\n").ConfigureAwait(false);
        var git = new GitCli(made.Repository);
        string[][] commands =
        [
            ["init", "-q", "-b", "main"], ["config", "user.name", "Ada Example"], ["config", "user.email", "ada@example.org"], ["config", "commit.gpgSign", "false"], ["add", "-A"], ["commit", "-q", "-m", "Start"],
        ];
        foreach (var command in commands)
            await git.RunAsync(new GitCall(command), cancellationToken).ConfigureAwait(false);
        return made;
    }

    public static Scenario Open(string folder) => Scenario.Load(folder);

    public void Dispose()
    {
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly))
            file.IsReadOnly = false;
        _folder.Delete(recursive: true);
    }

    private async Task WriteAsync(string path, string text)
    {
        var target = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await File.WriteAllTextAsync(target, text).ConfigureAwait(false);
    }

    private static string IdOf(int number) => $"topic-{number}";

    private static IEnumerable<RepoPath> FilesOf(int number) => [new($"notes/topic-{number}/short.md"), new($"notes/topic-{number}/long.md")];

    private static PlannedTask TaskOf(int number) => new(
        new TaskId(IdOf(number)),
        $"Write about topic {number}",
        $"Write a short and a long note on topic {number}.",
        new Ownership(FilesOf(number).Select(path => new Glob(path.Value)).ToValueList()),
        [],
        [],
        ["Both notes are there"],
        null,
        new TaskEstimate(100),
        $"Write about topic {number}");
}
