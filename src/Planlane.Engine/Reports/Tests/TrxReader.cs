using System.Xml.Linq;

namespace Planlane.Reports.Tests;

/// <summary>TRX, the result files of <c>dotnet test</c> (schema <c>TeamTest/2010</c>).</summary>
internal static class TrxReader
{
    /// <summary>What a file says; null when it is no TRX.</summary>
    public static TestReading? Read(string text)
    {
        if (!text.Contains("<TestRun", StringComparison.Ordinal) || SafeXml.Read(text) is not { Name.LocalName: "TestRun" } run)
            return null;

        // A data-driven test has its cases inside; then they are the tests.
        var results = run.All("UnitTestResult").Where(result => !result.All("UnitTestResult").Any());
        var classes = run.All("UnitTest").GroupBy(test => test.Of("id")).ToDictionary(group => group.Key, group => group.First().All("TestMethod").FirstOrDefault()?.Of("className") ?? "");
        return TestReading.OfCases([.. results.Select(result => CaseOf(result, classes.GetValueOrDefault(result.Of("testId"), "")))]);
    }

    private static TestCase CaseOf(XElement result, string className)
    {
        var name = result.Of("testName");
        // Some adapters name the method alone.
        var full = className.Length == 0 || name.StartsWith(className, StringComparison.Ordinal) ? name : $"{className}.{name}";
        return new TestCase(full, OutcomeOf(result.Of("outcome")), result.All("Message").FirstOrDefault()?.Value);
    }

    private static TestOutcome OutcomeOf(string outcome) => outcome switch
    {
        "Passed" or "PassedButRunAborted" or "Warning" or "Completed" => TestOutcome.Passed,
        "NotExecuted" or "NotRunnable" or "Pending" or "Inconclusive" => TestOutcome.Skipped,
        _ => TestOutcome.Failed,
    };
}
