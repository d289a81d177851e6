using Planlane.Runs;
using Planlane.Simulator.Scripting;

namespace Planlane.Simulator;

public sealed class ScenarioTests : IDisposable
{
    private readonly TinyScenario _tiny = new();
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("planlane-copy-");

    public void Dispose()
    {
        _tiny.Dispose();
        _work.Delete(recursive: true);
    }

    [Fact]
    public void Load_AFolder_TellsWhatIsInIt() => Assert.Equal(
        ("tiny", "A greeter", TinyScenario.Request, TinyScenario.Plan, "greeter greeter-tests farewell"),
        (_tiny.Scenario.Name, _tiny.Scenario.Title, _tiny.Scenario.Request, _tiny.Scenario.Plan, string.Join(' ', _tiny.Scenario.Tasks)));

    [Theory]
    [InlineData("""{"format":2,"name":"x","title":"x","request":"x","tasks":{}}""", "Format 2 is not known; this version reads format 1.")]
    [InlineData("""{"format":1,"name":"x","title":"x","request":"x","tasks":{"a":{"work":"w","writes":["missing.cs"]}}}""", "Task 'a' writes 'missing.cs', which gold/ does not hold.")]
    [InlineData("""{"format":1,"name":"x","title":"x","request":"x","tasks":{},"more":1}""", "more")]
    public void Load_AFolderThatIsNotValid_SaysWhy(string json, string reason)
    {
        _tiny.Put("scenario.json", json);

        var fault = Assert.Throws<PlanlaneException>(() => Scenario.Load(_tiny.Folder));

        Assert.Equal(FaultKind.Failed, fault.Kind);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CopyBaseTo_ADirectory_CopiesTheRepositoryBeforeTheRun()
    {
        var target = Path.Combine(_work.FullName, "new");

        _tiny.Scenario.CopyBaseTo(target);

        Assert.Equal(
            ["README.md=hello\n", "src/Program.cs=// start\n"],
            Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Select(file => $"{Path.GetRelativePath(target, file)}={File.ReadAllText(file)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Open_AnUnknownName_ListsTheKnownOnes()
    {
        foreach (var name in new[] { "two", "one" })
        {
            Directory.CreateDirectory(Path.Combine(_work.FullName, name));
            File.WriteAllText(Path.Combine(_work.FullName, name, "scenario.json"), "{}");
        }

        var fault = Assert.Throws<PlanlaneException>(() => new ScenarioCatalogue(_work.FullName).Open("three"));

        Assert.Equal((FaultKind.Usage, "There is no scenario 'three'; known are one, two."), (fault.Kind, fault.Message));
    }

    [Fact]
    public void List_WithoutAFolder_IsEmpty() => Assert.Empty(new ScenarioCatalogue(Path.Combine(_work.FullName, "none")).List());
}
