using System.Text.Json.Nodes;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Planning;

public sealed class PlanFileTests
{
    private const string Small = """{"tasks":[{"id":"auth-types","brief":"Write the types.","owns":["src/types.ts"]},{"id":"jwt","title":"Sign tokens","brief":"Sign.","owns":["src/jwt.ts","src/keys.ts"],"estimate":{"outputTokens":900}}]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Read_EveryVersion_GivesExactlyThePlan()
    {
        Assert.Equal(GoldenPlans.First, PlanReading.Of(GoldenPlans.Read("saved-1.json")).File);
        Assert.Equal(GoldenPlans.Second, PlanReading.Of(GoldenPlans.Read("saved-2.json")).File);
        Assert.Equal(GoldenPlans.Third, PlanReading.Of(GoldenPlans.Read("saved-3.json")).File);
    }

    [Fact]
    public void Write_NewestVersion_IsTheGoldenFile() => Assert.Equal(GoldenPlans.Read("saved-3.json"), GoldenPlans.Third.Write());

    [Fact]
    public void Hash_SamePlanWrittenOtherwise_IsTheSame()
    {
        var other = JsonNode.Parse(GoldenPlans.Read("saved-2.json"))!["plan"]!.ToJsonString();

        Assert.Equal(GoldenPlans.Second.Hash, PlanReading.Of(other).File!.Hash);
        Assert.Equal(PlanReading.Of(GoldenPlans.Read("saved-1.json")).File!.Hash, GoldenPlans.First.Hash);
        Assert.NotEqual(GoldenPlans.First.Hash, GoldenPlans.Second.Hash);
    }

    [Fact]
    public void Read_NewerVersion_IsRefusedAndNothingElseIsSaid()
    {
        var reading = PlanReading.Of("{\n  \"version\": 4,\n  \"tasks\": [],\n  \"whatever\": 1\n}");

        Assert.Equal([new PlacedProblem("version-known", "The document has version 4, but this Planlane knows versions up to 3. Use a newer Planlane, or write version 3.", "/version", 2, 14)], reading.Problems);
    }

    [Fact]
    public void Read_MembersLeftOut_HaveTheirDefaults()
    {
        var file = PlanReading.Of(Small).File!;

        Assert.Equal(new RunRequest("Auth types; Sign tokens", [], []), file.Request);
        Assert.Null(file.BaseCommit);
        Assert.Equal((Plan.SchemaVersion, true), (file.Plan.Version, file.Plan.Suitability.Orchestrate));
        var (types, jwt) = (file.Plan.Tasks[0], file.Plan.Tasks[1]);
        Assert.Equal(("Auth types", "Auth types", "Sign tokens"), (types.Title, types.CommitMessage, jwt.CommitMessage));
        Assert.Equal((new TaskEstimate(1_655), new TaskEstimate(900)), (types.Estimate, jwt.Estimate));
        Assert.Equal(file, PlanReading.Of(file.Write()).File);
    }

    [Fact]
    public void Write_MembersWithTheirDefaults_AreLeftOut()
    {
        var task = JsonNode.Parse(PlanReading.Of(Small).File!.Write())!["plan"]!["tasks"]![0]!.AsObject();

        Assert.Equal(["id", "title", "owns", "brief", "outputTokens"], task.Select(member => member.Key));
    }

    [Fact]
    public void Read_RequestAsWords_IsReadLikeARequest()
    {
        var file = PlanReading.Of($$"""{"$schema":"planfile.schema.json","request":"Add login\nRequirements:\n- use JWT","plan":{{Small}}}""").File!;

        Assert.Equal(new RunRequest("Add login", ["use JWT"], []), file.Request);
    }

    [Fact]
    public async Task Save_AndRead_IsTheSameAndNamesNoHost()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("planlane-test-").FullName, "plan.json");

        await GoldenPlans.Third.WriteAsync(path, Token);

        Assert.Equal(GoldenPlans.Third with { Name = path }, await PlanFile.ReadAsync(path, Token));
        Assert.DoesNotContain("://", await File.ReadAllTextAsync(path, Token));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task Rebase_FileWithABase_ChangesOnlyTheBase()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("planlane-test-").FullName, "plan.json");
        var text = GoldenPlans.Read("saved-1.json").Replace("  ", "\t");
        await File.WriteAllTextAsync(path, text, Token);
        var head = new ObjectId(new string('f', 40));

        Assert.True(await PlanFile.RebaseAsync(path, await PlanFile.OpenAsync(path, Token), head, Token));
        Assert.Equal(text.Replace(GoldenPlans.First.BaseCommit!.Value.Value, head.Value), await File.ReadAllTextAsync(path, Token));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task Read_FileWithProblems_TellsAllWithTheirPlaces()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("planlane-test-").FullName, "plan.json");
        await File.WriteAllTextAsync(path, "{\n \"tasks\": [{}],\n \"check\": []\n}", Token);

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => PlanFile.ReadAsync(path, Token));

        Assert.Equal(FaultKind.Usage, fault.Kind);
        Assert.Contains($"\n{path}:3:2: members-known: 'check' is no member of the document; did you mean 'checks'?", fault.Message);
        Assert.Contains($"\n{path}:2:12: members-present: /tasks/0 lacks 'brief'.", fault.Message);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
