using Planlane.Agents;
using Planlane.Values;

namespace Planlane.Reports;

/// <summary>Which tests of a long list somebody will ask for by name, so that they are kept when not all can be.</summary>
/// <param name="Named">What agents name as evidence, and what criteria name.</param>
/// <param name="Files">The files that agents changed or own by name: many runners call a test by its file or class.</param>
public sealed record TestInterest(ValueList<string> Named, ValueList<string> Files)
{
    /// <summary>Nobody asks for any.</summary>
    public static TestInterest None { get; } = new([], []);

    /// <summary>The tests that the reports of tasks will be judged by.</summary>
    public static TestInterest Of(IEnumerable<TaskState> tasks)
    {
        var all = tasks.ToList();
        return new TestInterest(
            all.SelectMany(CriteriaRules.TestsOf).Distinct().ToValueList(),
            all.SelectMany(task => task.Lane.Named.Concat(task.Changes.Files.Select(file => file.Path))).SelectMany(NamesOf).Distinct().ToValueList());
    }

    /// <summary>Where a test stands: 0 for one that is named, 1 for one of a file, 2 for all others.</summary>
    public int RankOf(TestCase test) =>
        Named.Any(name => TestNames.Means(name, test.Name) || TestNames.IsGroupOf(name, test.Name)) ? 0
        : Files.Any(name => TestNames.IsGroupOf(name, test.Name)) ? 1 : 2;

    // The whole path, its name, and the class that is called as the file.
    private static IEnumerable<string> NamesOf(RepoPath path) => [path.Value, path.Name, path.Name.Split('.')[0]];
}
