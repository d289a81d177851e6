using Planlane.Requests;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Planning;

/// <summary>Which tasks a file concerns that many parts touch.</summary>
/// <remarks>
/// A hub that is written concerns: where many files use it and its owner moves it or changes its signatures, the owners of those; a project or lock file, whoever writes below its folder;
/// a registration or routes, whoever may make a new file of code, not tests, in the same project (else below the same folder), as that is what is registered; a migration, whoever
/// writes in its folder. Prose concerns nobody, nor do files of a project further down. A hub that is a contract has no owner, and is no hub for this plan.
/// </remarks>
internal sealed class HubAreas
{
    private static readonly string[] JoiningWords = ["wire", "wiring", "register", "registration", "integrat", "put together", "hook up", "connect"];
    private static readonly string[] Prose = [".md", ".txt", ".rst", ".adoc"];

    private readonly LaneIndex _lanes;
    private readonly RepositoryFacts _facts;
    private readonly List<string> _projects;

    /// <summary>The hubs that a plan writes.</summary>
    public HubAreas(LaneIndex lanes, RepositoryFacts facts)
    {
        (_lanes, _facts) = (lanes, facts);
        _projects = facts.Graph.Files.Where(file => file.Hub is HubKind.Project).Select(file => file.Path.Folder).Distinct().ToList();
        Owned = facts.Graph.Files.Where(file => file.Hub is not null).Select(OwnedHub).OfType<HubLane>().ToList();
    }

    /// <summary>The hubs that tasks own, by path.</summary>
    public IReadOnlyList<HubLane> Owned { get; }

    /// <summary>The places of the tasks that a hub concerns, its owners not among them.</summary>
    public IEnumerable<int> TasksIn(HubLane hub)
    {
        var concerned = hub.Kind is HubKind.ManyDependants
            ? hub.Owners.Any(owner => Changes(owner.Task, hub.Path)) ? _facts.Graph.DependantsOf(hub.Path).SelectMany(_lanes.TasksOf) : []
            : ItemsBeside(hub).Select(item => item.Task);
        return concerned.Distinct().Except(hub.Owners.Select(owner => owner.Task)).Order();
    }

    /// <summary>Whether a task of hubs puts together what others write, so that it should wait for them: nobody waits for it, and it waits for somebody or says so.</summary>
    public static bool PutsTogether(Plan plan, TaskOrder order, int task) =>
        !order.HasLater(task)
        && (order.CountBefore(task) > 0 || JoiningWords.Any(word => plan.Tasks[task].Title.Contains(word, StringComparison.OrdinalIgnoreCase)));

    // Who adds to a file that many use leaves them as they are.
    private bool Changes(int task, RepoPath path) =>
        _lanes.Plan.Tasks[task].ChangesSignatures.Contains(path) || _lanes.Plan.Tasks[task].Moves.Any(move => move.From == path);

    private HubLane? OwnedHub(SourceFile file) =>
        _lanes.OwnersOf(file.Path).DistinctBy(item => item.Task).ToList() is { Count: > 0 } owners ? new HubLane(file.Path, file.Hub!.Value, owners) : null;

    private IEnumerable<LaneItem> ItemsBeside(HubLane hub)
    {
        var isJoint = hub.Kind is HubKind.Registration or HubKind.Routes;
        var folder = isJoint ? ProjectOf(hub.Path.Folder) ?? hub.Path.Folder : hub.Path.Folder;
        var area = PathPattern.Of(new Glob(folder.Length == 0 ? "**" : folder + "/"));
        return _lanes.Items.Where(item =>
            item.Pattern.Meets(area)
            && !Prose.Any(ending => item.Glob.Value.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            && !(isJoint && (TestPaths.IsTest(item.Glob.Value) || _facts.Has(new RepoPath(item.Glob.Value))))
            && (hub.Kind is HubKind.Migration || ProjectOf(item.Glob.Beginning) is not { } nearest || nearest.Length <= folder.Length));
    }

    // The folder of the nearest project file at or above a path, or null.
    private string? ProjectOf(string path) =>
        _projects.Where(folder => folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal)).MaxBy(folder => folder.Length);
}

/// <summary>A hub of the repository that a plan writes.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">Why many parts touch it.</param>
/// <param name="Owners">One item of the lane of each task that owns it, in the plan's order.</param>
internal sealed record HubLane(RepoPath Path, HubKind Kind, IReadOnlyList<LaneItem> Owners);
