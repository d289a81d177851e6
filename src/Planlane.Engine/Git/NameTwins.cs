using System.Text.RegularExpressions;

namespace Planlane.Git;

/// <summary>Names that are two to git and one to a file system that ignores case or Unicode form.</summary>
internal static partial class NameTwins
{
    /// <summary>The first added name that has a twin, or null.</summary>
    /// <remarks>
    /// In invariant globalization .NET cannot normalize, so Unicode form is judged roughly: a letter with combining marks is taken for the twin of any accented letter. Two
    /// composed letters are never taken for twins of each other.
    /// </remarks>
    public static string? FirstAdded(IReadOnlyCollection<string> names, Func<string, bool> isAdded)
    {
        var twins = names.GroupBy(name => name.ToUpperInvariant()).Where(group => group.Count() > 1)
            .Concat(names.Any(Marked().IsMatch)
                ? names.GroupBy(name => Accented().Replace(name, "\uFFFD").ToUpperInvariant()).Where(group => group.Any(Marked().IsMatch) && group.Count() > 1)
                : []);
        return twins.SelectMany(group => group).FirstOrDefault(isAdded);
    }

    [GeneratedRegex(@"[\u0300-\u036F]")]
    private static partial Regex Marked();

    [GeneratedRegex(@".[\u0300-\u036F]+|[\u00C0-\u024F\u0370-\u03FF\u0400-\u04FF\u1E00-\u1FFF]")]
    private static partial Regex Accented();
}
