using Planlane.Budgets;
using Planlane.Runs;

namespace Planlane.Models;

public sealed class ModelCatalogueTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static DateOnly Today => new(2026, 11, 23);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Find_DefaultAgent_HasItsFacts() =>
        Assert.Equal(
            new ModelFacts(new("claude-haiku-4-5"), "Haiku", [new ModelPrice(new(2025, 10, 1), 1m, 5m, 0.10m, 1.25m, 2m)], 200_000, 64_000, 4096, 100, 0.7),
            ModelCatalogue.Load().Find(new("claude-haiku-4-5")).Facts);

    [Fact]
    public void Find_ByAlias_IsTheSameModel()
    {
        var catalogue = ModelCatalogue.Load();

        Assert.Equal(catalogue.Find(new("claude-sonnet-4-5")), catalogue.Find(new("claude-sonnet-4-5-20250929")));
    }

    [Fact]
    public void Find_UnknownModel_ListsTheKnownOnes()
    {
        var fault = Assert.Throws<PlanlaneException>(() => ModelCatalogue.Load().Find(new("gpt-x")));

        Assert.Equal((FaultKind.Usage, "No model gpt-x in the catalogue."), (fault.Kind, fault.Message));
        Assert.StartsWith("Name one of claude-fable-5-1, claude-haiku-4-5, ", fault.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EveryRow_IsPlausible() =>
        Assert.All(ModelCatalogue.Load().Models, model =>
        {
            Assert.NotEmpty(model.Source);
            Assert.Equal(Today, model.AsOf);
            Assert.Equal(model.Facts.Prices.Count, model.Facts.Prices.DistinctBy(price => price.From).Count());
            Assert.All(model.Facts.Prices, price => Assert.Equal(
                (price.Input * 5, price.Input * 1.25m, price.Input * 2, true),
                (price.Output, price.CacheWrite, price.CacheWriteLong, price.CacheRead > 0 && price.CacheRead <= price.Input / 10)));
            Assert.InRange(model.Facts.MaxOutputTokens, 1, model.Facts.ContextTokens);
            Assert.True(model.Facts.TokensPerSecond > 0 && model.Facts.FirstTokenSeconds > 0);
        });

    [Fact]
    public void Load_Ids_NameOneModelEach()
    {
        var names = ModelCatalogue.Load().Models.SelectMany(model => model.Aliases.Add(model.Facts.Id)).ToList();

        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void CostOf_SonnetBeforeAndAfterItsCacheBecameCheaper_Differs()
    {
        var sonnet = ModelCatalogue.Load().Find(new("claude-sonnet-5-5"));
        var usage = new Usage(0, 0, 1_000_000, 0);

        Assert.Equal((new Cost(0.20m), new Cost(0.10m)), (sonnet.Facts.CostOf(usage, new(2026, 10, 6)), sonnet.Facts.CostOf(usage, new(2026, 10, 7))));
    }

    [Fact]
    public void CostOf_HaikuWithALongPrompt_PricesEveryTokenHigher()
    {
        var haiku = ModelCatalogue.Load().Find(new("claude-haiku-5-5"));

        Assert.Equal(new Cost(0.01m + 0.0005m), haiku.Facts.CostOf(new Usage(100_000, 1000, 0, 0), Today));
        Assert.Equal(new Cost(0.5m * 0.1m + 0.05m * 0.000001m + 0.0025m), haiku.Facts.CostOf(new Usage(100_000, 1000, 1, 0), Today));
    }

    [Fact]
    public void Load_AFileOfTheUsers_ReplacesAndAddsRows()
    {
        var path = Write("""
            { "asOf": "2026-12-01", "models": [
              { "id": "claude-haiku-4-5", "family": "Haiku", "prices": [{ "from": "2026-12-01", "input": 9, "output": 45, "cacheRead": 0.9, "cacheWrite": 11, "cacheWriteLong": 18 }],
                "contextTokens": 1, "maxOutputTokens": 1, "cacheMinimumTokens": 1, "tokensPerSecond": 1, "firstTokenSeconds": 1 },
              { "id": "local-model", "family": "Local", "prices": [{ "from": "2026-12-01", "input": 0, "output": 0, "cacheRead": 0, "cacheWrite": 0, "cacheWriteLong": 0 }],
                "contextTokens": 2, "maxOutputTokens": 1, "cacheMinimumTokens": 1, "tokensPerSecond": 1, "firstTokenSeconds": 1 } // mine
            ] }
            """);

        var catalogue = ModelCatalogue.Load(path);

        Assert.Equal(ModelCatalogue.Load().Models.Count + 1, catalogue.Models.Count);
        Assert.Equal(9m, catalogue.Find(new("claude-haiku-4-5")).Facts.PriceOn(Today).Input);
        Assert.Equal("Local", catalogue.Find(new("local-model")).Facts.Family);
    }

    [Theory]
    [InlineData("""{ "asOf": "2026-12-01" }""")]
    [InlineData("""{ "asOf": "2026-12-01", "models": [{ "id": "x" }] }""")]
    [InlineData("""{ "asOf": "2026-12-01", "models": [], "prise": 1 }""")]
    [InlineData("nonsense")]
    public void Load_AFileThatIsNoCatalogue_IsRefused(string content)
    {
        var fault = Assert.Throws<PlanlaneException>(() => ModelCatalogue.Load(Write(content)));

        Assert.Equal(FaultKind.Usage, fault.Kind);
        Assert.Contains("is not valid", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AFileThatIsNotThere_IsRefused() =>
        Assert.Equal(FaultKind.Usage, Assert.Throws<PlanlaneException>(() => ModelCatalogue.Load(Path.Combine(_folder.FullName, "none.json"))).Kind);

    private string Write(string content)
    {
        var path = Path.Combine(_folder.FullName, "models.json");
        File.WriteAllText(path, content);
        return path;
    }
}
