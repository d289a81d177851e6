using System.Globalization;
using System.Text;
using Planlane.Git;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>What happened between the commit that a plan was made for and HEAD.</summary>
/// <param name="From">The plan's base.</param>
/// <param name="To">HEAD.</param>
public sealed record BaseMove(ObjectId From, ObjectId To)
{
    private const int MostSubjects = 5;
    private const int MostPaths = 8;

    /// <summary>Whether the repository has the base at all; nothing else is known when not.</summary>
    public bool IsKnown { get; init; }

    /// <summary>How many commits HEAD has that the base has not.</summary>
    public int Ahead { get; init; }

    /// <summary>How many commits the base has that HEAD has not, as after a reset or a rebase.</summary>
    public int Behind { get; init; }

    /// <summary>The subjects of the newest commits that came, at most five.</summary>
    public ValueList<string> Subjects { get; init; } = [];

    /// <summary>The files that differ between the two, by path.</summary>
    public ValueList<RepoPath> Files { get; init; } = [];

    /// <summary>Those of <see cref="Files"/> that the plan's tasks write or read, or that are contracts.</summary>
    public ValueList<RepoPath> Touched { get; init; } = [];

    /// <summary>Reads what happened.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="from">Its base; need not be a commit of the repository.</param>
    /// <param name="to">HEAD.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<BaseMove> ReadAsync(GitRepository repository, Plan plan, ObjectId from, ObjectId to, CancellationToken cancellationToken)
    {
        var move = new BaseMove(from, to);
        if (!await repository.HasCommitAsync(from, cancellationToken).ConfigureAwait(false))
            return move;
        var (behind, ahead) = await repository.CountApartAsync(from, to, cancellationToken).ConfigureAwait(false);
        var files = (await repository.DiffStatAsync(from, to, cancellationToken).ConfigureAwait(false)).Select(difference => difference.Path).ToValueList();
        return move with
        {
            IsKnown = true,
            Ahead = ahead,
            Behind = behind,
            Subjects = (await repository.SubjectsBetweenAsync(from, to, MostSubjects, cancellationToken).ConfigureAwait(false)).ToValueList(),
            Files = files,
            Touched = files.Where(path => Concerns(plan, path)).ToValueList(),
        };
    }

    /// <summary>Why the plan may not be run.</summary>
    /// <param name="file">The plan's file, as the user would name it.</param>
    public PlanlaneException ToFault(string file) => new(FaultKind.Stale, Words(), Hint(file));

    /// <summary>What happened, in sentences.</summary>
    public string Words()
    {
        var text = new StringBuilder($"The plan was made for commit {Short(From)}, but HEAD is {Short(To)}.");
        if (!IsKnown)
            return text.Append(" This repository has no such commit.").ToString();
        if (Ahead > 0)
            text.Append($" {Counted(Ahead, "commit")} came: {string.Join("; ", Subjects)}{(Ahead > Subjects.Count ? "; …" : "")}.");
        if (Behind > 0)
            text.Append($" {Counted(Behind, "commit")} of the base {(Behind == 1 ? "is" : "are")} no longer there.");
        text.Append(Files.Count == 0 ? " No file differs." : $" {Counted(Files.Count, "file")} {(Files.Count == 1 ? "differs" : "differ")}");
        if (Files.Count > 0)
            text.Append(Touched.Count == 0
                ? ", and none of them is one that the plan writes or reads."
                : $"; of those that the plan writes or reads: {string.Join(", ", Touched.Take(MostPaths))}{(Touched.Count > MostPaths ? $" and {Touched.Count - MostPaths} more" : "")}.");
        return text.ToString();
    }

    private string Hint(string file) => this switch
    {
        { IsKnown: true, Touched.Count: 0 } => $"Prove the plan on HEAD and make that its base: planlane validate {file} --rebase",
        { IsKnown: true } => $"Look whether the plan still fits these files and edit it if not; then prove it on HEAD: planlane validate {file} --rebase. Or plan again: planlane plan \"REQUEST\" -o {file}",
        _ => $"Go to the repository that the plan was made in, or prove it on this one: planlane validate {file} --rebase",
    };

    private static bool Concerns(Plan plan, RepoPath path) =>
        plan.Contracts.Any(contract => contract.Path == path) || plan.Tasks.Any(task => task.Owns.Includes(path) || task.Reads.Contains(path));

    private static string Counted(int number, string thing) => $"{number.ToString("N0", CultureInfo.InvariantCulture)} {thing}{(number == 1 ? "" : "s")}";

    private static string Short(ObjectId id) => id.Value[..7];
}
