using System.Xml.Linq;

namespace Planlane.Reports.Tests;

/// <summary>JUnit XML, as Surefire, Gradle, pytest, Jest, Node and most others write it: suites, which may hold suites, and test cases.</summary>
internal static class JUnitReader
{
    /// <summary>What each file says, in order; null for what is no JUnit XML. A suite that stands in two files, by itself and in a collection, is read once.</summary>
    public static IEnumerable<TestReading?> Read(IEnumerable<string> texts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. texts.Select(text => Read(text, seen))];
    }

    private static TestReading? Read(string text, HashSet<string> seen)
    {
        if (!text.Contains("<testsuite", StringComparison.Ordinal) || SafeXml.Read(text) is not { Name.LocalName: "testsuites" or "testsuite" } root)
            return null;

        var suites = root.DescendantsAndSelf().Where(element => element.Name.LocalName is "testsuite" or "testsuites").Where(suite => Cases(suite).Any());
        return TestReading.OfCases([.. suites.Where(suite => seen.Add(KeyOf(suite))).SelectMany(suite => Cases(suite).Select(CaseOf))]);
    }

    private static IEnumerable<XElement> Cases(XElement suite) => suite.Elements().Where(element => element.Name.LocalName == "testcase");

    private static string KeyOf(XElement suite) => string.Join('\n', Cases(suite).Select(test => $"{test.Of("classname")}\t{test.Of("name")}\t{test.Of("time")}").Prepend(suite.Of("name")));

    private static TestCase CaseOf(XElement test)
    {
        var (name, owner) = (test.Of("name"), test.Of("classname"));
        var bad = test.Elements().FirstOrDefault(element => element.Name.LocalName is "failure" or "error");
        var outcome = bad is not null ? TestOutcome.Failed : test.Elements().Any(element => element.Name.LocalName is "skipped" or "disabled") ? TestOutcome.Skipped : TestOutcome.Passed;
        // Jest's reporters repeat the whole name as the class.
        var full = owner.Length == 0 || owner == "test" || name.Contains(owner, StringComparison.Ordinal) || owner.Contains(name, StringComparison.Ordinal) ? name : $"{owner}.{name}";
        return new TestCase(full, outcome, bad is null ? null : bad.Of("message") is { Length: > 0 } message ? message : bad.Value);
    }
}
