using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Trials.Fuzzing;

/// <summary>Looks for two patterns that a path matches both although they are said not to meet: two agents would write one file.</summary>
internal static class GlobFuzz
{
    private static readonly string[] Parts = ["a", "b", "ab", "A", "*", "**", "?", "a*", "*b", "?b", "*a*", "a?*", "*.cs", "x.cs"];
    private static readonly string[] Names = ["a", "b", "ab", "aab", "ba", "A", "x.cs", "aB"];

    /// <summary>What is wrong with the case of a seed, or null when nothing is.</summary>
    public static string? FailureOf(int seed)
    {
        var random = new Random(seed);
        var (left, right) = (Pattern(random), Pattern(random));
        if (left.Intersects(right) != right.Intersects(left))
            return $"'{left}' and '{right}' meet only in one order.";

        var meeting = Glob.Meeting(left, right);
        if (meeting is null == left.Intersects(right))
            return $"'{left}' and '{right}' meet, or not, without a path that says so.";
        if (meeting is { } witness && !(left.Matches(witness) && right.Matches(witness)))
            return $"'{left}' and '{right}' are said to meet at '{witness}', which both do not match.";

        // A path that one pattern surely matches tells more than a random one.
        var path = random.Next(3) == 0 ? Path(random) : Filled(left, random);
        if (left.Matches(path) && right.Matches(path) && !left.Intersects(right))
            return $"'{left}' and '{right}' both match '{path}' but are said not to meet.";
        return left.Matches(path) && !new Glob(path.Value).Intersects(left) ? $"'{left}' matches '{path}' but does not meet it as a pattern." : null;
    }

    private static Glob Pattern(Random random) =>
        new(string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Parts[random.Next(Parts.Length)])) + (random.Next(5) == 0 ? "/" : ""));

    private static RepoPath Path(Random random) => new(string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Names[random.Next(Names.Length)])));

    private static RepoPath Filled(Glob pattern, Random random)
    {
        var parts = (pattern.Value.EndsWith('/') ? pattern.Value + "**" : pattern.Value).Split('/').SelectMany(part => part == "**"
            ? Path(random).Value.Split('/').Take(random.Next(3))
            : [string.Concat(part.Select(letter => letter switch { '*' => Names[random.Next(Names.Length)], '?' => "ab"[random.Next(2)].ToString(), _ => letter.ToString() }))]);
        return new RepoPath(string.Join('/', parts));
    }
}
