using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning.Rules;

/// <summary>What the rules look at: a plan with what it is for, and what is computed of it once.</summary>
internal sealed class RuleScene
{
    private readonly Lazy<TreeIndex> _tree;

    /// <summary>Looks at a plan.</summary>
    public RuleScene(Plan plan, RunRequest request, RunSettings settings, RepositoryFacts facts)
    {
        (Plan, Request, Settings, Facts) = (plan, request, settings, facts);
        Order = new TaskOrder(plan);
        Lanes = new LaneIndex(plan);
        ContractKeys = plan.Contracts.Select(contract => Spelling.Key(contract.Path.Value)).ToHashSet();
        _tree = new Lazy<TreeIndex>(() => new TreeIndex(facts));
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>What it must cover.</summary>
    public RunRequest Request { get; }

    /// <summary>The limits that it must keep.</summary>
    public RunSettings Settings { get; }

    /// <summary>What the repository holds.</summary>
    public RepositoryFacts Facts { get; }

    /// <summary>Which task comes before which.</summary>
    public TaskOrder Order { get; }

    /// <summary>Who owns what.</summary>
    public LaneIndex Lanes { get; }

    /// <summary>The base tree by spelling, name and link.</summary>
    public TreeIndex Tree => _tree.Value;

    private HashSet<string> ContractKeys { get; }

    /// <summary>Whether a contract lies at a path.</summary>
    public bool IsContract(RepoPath path) => ContractKeys.Count > 0 && ContractKeys.Contains(Spelling.Key(path.Value));

    /// <summary>The id of the task at a place, for a message.</summary>
    public TaskId IdOf(int task) => Plan.Tasks[task].Id;

    /// <summary>Every path that the plan writes, by name or pattern, with words that say whose it is and where it stands.</summary>
    public IEnumerable<NamedPath> Written() =>
        Plan.Tasks.Index().SelectMany(task => task.Item.Owns.Paths.Index().Select(path => new NamedPath($"Task '{task.Item.Id}' owns", path.Item.Value, $"/tasks/{task.Index}/owns/{path.Index}", task.Index))
                .Concat(task.Item.Moves.Index().Select(move => new NamedPath($"Task '{task.Item.Id}' moves a file to", move.Item.To.Value, $"/tasks/{task.Index}/moves/{move.Index}/to", task.Index))))
            .Concat(Plan.Contracts.Index().Select(contract => new NamedPath("A contract is", contract.Item.Path.Value, $"/contracts/{contract.Index}/path", null)));
}

/// <summary>A path or pattern that a plan names.</summary>
/// <param name="Words">Who does what with it; a message goes on with the path.</param>
/// <param name="Path">As it is written.</param>
/// <param name="At">Where it stands in the document.</param>
/// <param name="Task">The place of the task that writes it; null for a contract.</param>
internal readonly record struct NamedPath(string Words, string Path, string At, int? Task);
