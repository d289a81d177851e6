using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>Lines of a file that change together.</summary>
/// <param name="Number">From 1, in the order of the file.</param>
/// <param name="Id">Made of the lines that go and come, so that it stays when others change above it; unique in its file.</param>
/// <param name="OldStart">The first line of it before, from 1; of an insertion the line before it.</param>
/// <param name="OldCount">How many lines it has before.</param>
/// <param name="NewStart">The first line of it in the proposal, from 1; of a deletion the line before it.</param>
/// <param name="NewCount">How many lines it has in the proposal.</param>
/// <param name="Heading">What the lines belong to, such as a method; may be empty.</param>
/// <param name="Lines">Its lines, each behind <c>+</c>, <c>-</c> or a space.</param>
public sealed record ReviewHunk(int Number, string Id, int OldStart, int OldCount, int NewStart, int NewCount, string Heading, ValueList<string> Lines)
{
    /// <summary>Its place as diffs write it: <c>@@ -1,3 +1,4 @@</c>.</summary>
    public string Header => $"@@ -{OldStart},{OldCount} +{NewStart},{NewCount} @@{(Heading.Length == 0 ? "" : $" {Heading}")}";

    /// <summary>Lines added.</summary>
    public int Added => Lines.Count(line => line.StartsWith('+'));

    /// <summary>Lines deleted.</summary>
    public int Deleted => Lines.Count(line => line.StartsWith('-'));

    /// <summary>Whether another hunk, of a finer reading of the same file, is a part of this one.</summary>
    public bool Holds(ReviewHunk part) =>
        IsWithin(part.OldStart, part.OldCount, OldStart, OldCount) && IsWithin(part.NewStart, part.NewCount, NewStart, NewCount);

    // A range without lines stands between the line that it names and the next.
    private static bool IsWithin(int start, int count, int outerStart, int outerCount) =>
        (count == 0 ? start + 1 : start) >= (outerCount == 0 ? outerStart + 1 : outerStart)
        && (count == 0 ? start : start + count - 1) <= (outerCount == 0 ? outerStart : outerStart + outerCount - 1);
}
