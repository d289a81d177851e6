using CsCheck;
using Planlane.Agents;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

public sealed class OwnershipRulesTests
{
    private static readonly Plan TwoLanes = Some.Plan(Some.Task("types"), Some.Task("tests", owns: ["tests/"])) with { Contracts = [new(new("src/IClock.cs"), "")] };

    private static readonly RunState Prepared = Some.Prepared(TwoLanes) with { Base = Some.Base with { Uncommitted = [new("docs/notes.md")] } };

    [Theory]
    [InlineData("src/types.cs", null)]
    [InlineData("SRC/Types.cs", null)]
    [InlineData("../x.cs", "The path '../x.cs' contains an empty, '.' or '..' part.")]
    [InlineData("src/IClock.cs", "'src/IClock.cs' is a contract that all tasks share; it cannot be changed. Build against it as it is.")]
    [InlineData("SRC/iclock.cs", "'SRC/iclock.cs' is a contract that all tasks share; it cannot be changed. Build against it as it is.")]
    [InlineData("tests/a.cs", "'tests/a.cs' belongs to Haiku-2 (Write tests). Your lane is: src/types.cs. Leave it to its owner.")]
    [InlineData("src/free.cs", "'src/free.cs' is outside your lane (src/types.cs). Call request_file if the task cannot be done without it.")]
    public void Refusal_Path_SaysWhoseItIs(string path, string? expected) => Assert.Equal(expected, OwnershipRules.Refusal(Prepared, new("types"), new(path)));

    [Fact]
    public void Refusal_UncommittedPathOfTheOwnLane_IsOfNobody()
    {
        var alone = Some.Prepared(Some.Plan(Some.Task("whole", owns: ["**"]))) with { Base = Some.Base with { Uncommitted = [new("docs/notes.md")] } };

        Assert.Contains("has changes of the user that are not committed", OwnershipRules.Refusal(alone, new("whole"), new("Docs/Notes.md")), StringComparison.Ordinal);
        Assert.Null(OwnershipRules.Refusal(alone, new("whole"), new("docs/other.md")));
    }

    [Theory]
    [InlineData("docs/notes.md")]
    [InlineData("Docs/NOTES.md")]
    public void Refusal_UncommittedPathInAWideLane_KeepsItsChanges(string path)
    {
        var alone = Some.Prepared(Some.Plan(Some.Task("whole", owns: ["**"]))) with { Base = Some.Base with { Uncommitted = [new("docs/notes.md")] } };

        Assert.Equal(
            $"'{path}' has changes of the user that are not committed; nobody may change it in this run. Leave it as it is, and say in your report what it would need.",
            OwnershipRules.Refusal(alone, new("whole"), new(path)));
        Assert.Null(OwnershipRules.Refusal(alone, new("whole"), new("docs/other.md")));
    }

    [Theory]
    [InlineData("src/free.cs", true)]
    [InlineData("src/types.cs", true)]
    [InlineData("tests/a.cs", false)]
    [InlineData("src/IClock.cs", false)]
    [InlineData("SRC/ICLOCK.cs", false)]
    [InlineData("docs/notes.md", false)]
    [InlineData("Docs/NOTES.md", false)]
    [InlineData(".git/config", false)]
    [InlineData("**", false)]
    [InlineData("src/*.cs", false)]
    [InlineData("test?/a.cs", false)]
    public void MayBeGranted_Path_IsOneThatNobodyElseNeeds(string path, bool expected) =>
        Assert.Equal(expected, OwnershipRules.MayBeGranted(Prepared, new("types"), new(path)));

    [Fact]
    public void FileRequested_FreeFile_WidensTheLaneOnce()
    {
        var asked = new FileRequested(new("types"), new("src/free.cs"), "I need it");

        var state = Prepared.After(asked, asked, new FileRequested(new("tests"), new("src/free.cs"), "me too"));

        Assert.Equal(["src/types.cs, src/free.cs", "tests/"], state.Tasks.Select(task => task.Lane.ToString()));
    }

    [Fact]
    public void FileRequested_AnyRequests_LanesNeverOverlap()
    {
        var paths = Gen.OneOf(new[] { "src/a.cs", "SRC/a.cs", "tests/b.cs", "**", "*/a.cs", "src/", "src/?.cs", "docs/c.md" }.Select(Gen.Const).ToArray());
        Gen.Select(Gen.Bool, paths).Array[1, 8].Sample(requests =>
        {
            var state = requests.Aggregate(Prepared, (now, next) => now.After(new FileRequested(new(next.Item1 ? "types" : "tests"), new(next.Item2), "why")));
            var (left, right) = (state.Tasks[0].Lane.Paths, state.Tasks[1].Lane.Paths);
            Assert.DoesNotContain(left, a => right.Any(b => a.Intersects(b)));
        });
    }

    [Fact]
    public void Ownership_Named_LeavesOutPatterns() =>
        Assert.Equal([new RepoPath("a.cs")], new Ownership([new("a.cs"), new("src/"), new("*.cs")]).Named);
}
