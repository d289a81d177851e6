using System.Text.Json;
using Planlane.Simulator.Scripting;

namespace Planlane.Trials.Savings;

public sealed class PlanVariantsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planlane-variant-");
    private readonly Scenario _auth = new ScenarioCatalogue().Open("auth");

    [Fact]
    public void Of_Barrier_LetsEachTaskWaitForAllOfTheStagesBefore()
    {
        var plan = PlanOf(Arms.Barrier);

        Assert.Equal(["jwt", "password", "unit-tests", "service-tests"], Texts(TaskOf(plan, "service").GetProperty("dependsOn")).Order(Comparer<string>.Create((left, right) => Array.IndexOf(Order, left) - Array.IndexOf(Order, right))));
        Assert.False(TaskOf(plan, "jwt").TryGetProperty("dependsOn", out _));
    }

    [Fact]
    public void Of_NoContracts_MakesThemATaskThatAllOthersWaitForAndRead()
    {
        var contracts = JsonDocument.Parse(_auth.Plan).RootElement.GetProperty("contracts").EnumerateArray().Select(contract => contract.GetProperty("path").GetString()!).ToList();

        var plan = PlanOf(Arms.NoContracts);

        Assert.Empty(plan.GetProperty("contracts").EnumerateArray());
        Assert.Equal(contracts, Texts(TaskOf(plan, "contracts").GetProperty("owns")));
        Assert.All(Order, id => Assert.Contains("contracts", Texts(TaskOf(plan, id).GetProperty("dependsOn"))));
        Assert.All(Order, id => Assert.Empty(contracts.Except(Texts(TaskOf(plan, id).GetProperty("reads")))));
    }

    [Fact]
    public void Of_OneByOne_ChangesWhatAgentsDoAndNotThePlan()
    {
        var variant = PlanVariants.Of(_auth, Arms.OneByOne, _folder.FullName);

        using var script = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "scenario.json")));
        Assert.All(script.RootElement.GetProperty("tasks").EnumerateObject(), task => Assert.True(task.Value.GetProperty("oneByOne").GetBoolean()));
        Assert.Equal((_auth.Plan, GoldFiles.DigestOf(_auth)), (variant.Plan, GoldFiles.DigestOf(variant)));
    }

    [Theory]
    [InlineData(Arms.Planlane)]
    [InlineData(Arms.Cold)]
    [InlineData(Arms.NoLimit)]
    [InlineData("slots-2")]
    public void Of_OtherArms_LeaveTheScenarioAsItIs(string arm) => Assert.Same(_auth, PlanVariants.Of(_auth, arm, _folder.FullName));

    public void Dispose() => _folder.Delete(recursive: true);

    private static string[] Order { get; } = ["jwt", "password", "unit-tests", "service-tests", "service"];

    private JsonElement PlanOf(string arm)
    {
        using var plan = JsonDocument.Parse(PlanVariants.Of(_auth, arm, _folder.FullName).Plan);
        return plan.RootElement.Clone();
    }

    private static JsonElement TaskOf(JsonElement plan, string id) => plan.GetProperty("tasks").EnumerateArray().Single(task => task.GetProperty("id").GetString() == id);

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString()!);
}
