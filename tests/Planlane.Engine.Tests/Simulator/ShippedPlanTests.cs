using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Simulator.Scripting;
using Planlane.Values;

namespace Planlane.Simulator;

/// <summary>The plan of every shipped scenario is one that the rules accept and that is worth dividing.</summary>
public sealed class ShippedPlanTests
{
    private static readonly ModelCatalogue Catalogue = ModelCatalogue.Load();
    private static readonly RunSettings Settings = new(Catalogue.Find(new("claude-sonnet-4-5")).Facts, Catalogue.Find(new("claude-haiku-4-5")).Facts, Scripted: true);

    public static TheoryData<string> Shipped() => [.. new ScenarioCatalogue().List().Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Plan_OfAScenario_IsAWholeDocumentOfThisVersion(string name)
    {
        var text = new ScenarioCatalogue().Open(name).Plan;

        Assert.True(JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(text), JsonSerializer.Deserialize<JsonElement>(PlanDocument.Write(PlanDocument.Parse(text)))));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Plan_OfAScenario_IsProvenAsItIs(string name)
    {
        var scenario = new ScenarioCatalogue().Open(name);
        var plan = PlanDocument.Parse(scenario.Plan);

        var proof = PlanProof.Of(plan, RequestText.Parse(scenario.Request), Settings, Facts(scenario));

        Assert.Equal([], proof.Problems);
        Assert.Equal(plan, proof.Plan);
        Assert.True(proof.Verdict.Divides, proof.Verdict.Reason);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void LongestChain_OfAScenario_IsLessThanHalfOfTheWork(string name)
    {
        var plan = PlanDocument.Parse(new ScenarioCatalogue().Open(name).Plan);

        Assert.InRange(plan.Tasks.Count, 4, 9);
        Assert.InRange(PlanGraph.RemainingSeconds(plan, Seconds).Values.Max() / plan.Tasks.Sum(Seconds), 0, 0.48);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Estimate_OfNewFiles_IsAThirdOfTheirCharactersAndTheRest(string name)
    {
        var scenario = new ScenarioCatalogue().Open(name);
        var writing = PlanDocument.Parse(scenario.Plan).Tasks.Where(task => task.Owns.Named.All(path => !Facts(scenario).Has(path))).ToList();

        Assert.NotEmpty(writing);
        Assert.All(writing, task => Assert.InRange(task.Estimate.OutputTokens / ((task.Owns.Named.Sum(path => scenario.Gold(path.Value)!.Length) / 3.0) + 150), 0.95, 1.05));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Contracts_OfAScenario_AreTheFinishedFilesAndParse(string name)
    {
        var scenario = new ScenarioCatalogue().Open(name);
        var contracts = PlanDocument.Parse(scenario.Plan).Contracts;

        Assert.NotEmpty(contracts);
        Assert.All(contracts, contract => Assert.Equal(scenario.Gold(contract.Path.Value), contract.Content));
        Assert.All(contracts, contract => Assert.Empty(CSharpSyntaxTree.ParseText(contract.Content, cancellationToken: TestContext.Current.CancellationToken).GetDiagnostics(TestContext.Current.CancellationToken)));
    }

    // The seconds of an agent that writes its files in one turn.
    private static double Seconds(PlannedTask task) => Settings.Agent.FirstTokenSeconds + (task.Estimate.OutputTokens / Settings.Agent.TokensPerSecond);

    private static RepositoryFacts Facts(Scenario scenario)
    {
        var root = Path.Combine(scenario.Folder, "base");
        return new(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => new RepositoryFile(new RepoPath(Path.GetRelativePath(root, file).Replace('\\', '/')), new FileInfo(file).Length)), []);
    }
}
