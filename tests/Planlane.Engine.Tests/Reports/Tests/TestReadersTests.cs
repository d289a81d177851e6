using System.Runtime.CompilerServices;
using System.Text;
using Planlane.Support;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reports.Tests;

/// <summary>The outputs and files in Outputs/ are what runners really wrote for small projects, shortened; the directives of skipped tests are in small letters, which TAP allows.</summary>
public sealed class TestReadersTests
{
    [Fact]
    public void Read_OutputsOfRunners_AreCountedAndNamed()
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(Folder()).Order(StringComparer.Ordinal))
        {
            var isFile = Path.GetExtension(file) is not ".txt";
            var content = File.ReadAllText(file);
            var reading = isFile ? TestReaders.Read("", [new ResultFile(new RepoPath(Path.GetFileName(file)), content)]) : TestReaders.Read(content, []);
            text.Append($"{Path.GetFileName(file)}: {reading.Counts}\n");
            foreach (var item in reading.Cases)
                text.Append($"  {item.Outcome} {item.Name}{(item.Message is { } why ? $"\n    {why.Split('\n')[0].Trim()}" : "")}\n");
        }

        Snapshot.Match(text.ToString());
    }

    [Fact]
    public void Read_FilesAndLinesOfOneRun_CountsTheFiles()
    {
        var read = TestReaders.Read(Output("vstest.txt"), [Written("a/TestResults/x.trx", "vstest.trx")]);

        Assert.Equal(new TestCounts(2, 2, 1), read.Counts);
        Assert.Contains(new TestCase("Shop.SumTests.Adds", TestOutcome.Passed), read.Cases);
    }

    [Fact]
    public void Read_TheSameResultsInSeveralFiles_AreCountedOnce()
    {
        var suite = """<testsuite name="a"><testcase classname="a" name="one" time="1"/><testcase classname="a" name="two" time="2"><failure message="no"/></testcase></testsuite>""";
        var trx = """<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results><UnitTestResult testName="a.one" outcome="Passed"/><UnitTestResult testName="a.two" outcome="Failed"/></Results></TestRun>""";

        Assert.Equal(new TestCounts(1, 1, 0), Read(("a.xml", suite), ("b.xml", suite)).Counts);
        Assert.Equal(new TestCounts(1, 1, 0), Read(("a.xml", suite), ("all.xml", $"<testsuites>{suite}</testsuites>")).Counts);
        Assert.Equal(new TestCounts(1, 1, 0), Read(("a.xml", suite), ("a.trx", trx)).Counts);
        Assert.Equal(new TestCounts(2, 2, 0), Read(("a.xml", suite), ("b.xml", suite.Replace("\"a\"", "\"b\"", StringComparison.Ordinal))).Counts);
    }

    [Theory]
    [InlineData("""<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>""")]
    [InlineData("""<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/hostname">]><testsuite><testcase name="x"/>&a;</testsuite>""")]
    [InlineData("""<testsuite><testcase name="x"/>""")]
    [InlineData("<project><testsuite/></project>")]
    public void Read_FileWithEntitiesOrHalfAFile_SaysNothing(string xml) => Assert.Equal(TestReading.Empty, Read(("a.xml", xml)));

    [Fact]
    public void Read_ManyTests_KeepsTheFailedOnesFirst()
    {
        var cases = string.Concat(Enumerable.Range(0, 900).Select(i => $"""<testcase name="t{i}">{(i == 899 ? $"<failure message=\"{new string('x', 900)}\"/>" : "")}</testcase>"""));

        var read = Read(("a.xml", $"<testsuite>{cases}</testsuite>"));

        Assert.Equal(new TestCounts(899, 1, 0), read.Counts);
        Assert.Equal((500, "t899", 301), (read.Cases.Count, read.Cases[0].Name, read.Cases[0].Message!.Length));
    }

    [Fact]
    public void Read_ManyTests_KeepsThoseThatAreAskedFor()
    {
        var cases = string.Concat(Enumerable.Range(0, 900).Select(i => $"""<testcase name="t{i}"/>"""));

        var read = TestReaders.Read("", [new ResultFile(new RepoPath("a.xml"), $"<testsuite>{cases}</testsuite>")], new TestInterest(["t898", "t731"], []));

        Assert.Equal(500, read.Cases.Count);
        Assert.Superset(new HashSet<string> { "t731", "t898" }, read.Cases.Select(test => test.Name).ToHashSet());
    }

    private static TestReading Read(params (string Path, string Text)[] files) => TestReaders.Read("", files.Select(file => new ResultFile(new RepoPath(file.Path), file.Text)));

    private static ResultFile Written(string path, string file) => new(new RepoPath(path), Output(file));

    private static string Output(string file) => File.ReadAllText(Path.Combine(Folder(), file));

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Outputs");
}
