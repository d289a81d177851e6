using System.Text.RegularExpressions;

namespace Planlane.Planning;

/// <summary>Which paths are tests by the conventions of the common languages.</summary>
internal static partial class TestPaths
{
    /// <summary>Whether a path or pattern is one of tests: it lies in a folder for them, or its name says so.</summary>
    public static bool IsTest(string path) => Form().IsMatch(path);

    [GeneratedRegex(@"(^|/)(tests?|specs?|__tests__|e2e|[\w.]+\.(Unit|Integration)?Tests?)/|(^|/)(test_[^/]*|[^/]*(_test|_spec|\.test|\.spec|Tests?|IT))\.\w+$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
