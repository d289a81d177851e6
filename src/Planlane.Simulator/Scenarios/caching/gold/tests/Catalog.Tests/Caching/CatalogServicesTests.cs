using Catalog.Caching;
using Catalog.Products;
using Catalog.Tests.Products;
using Microsoft.Extensions.DependencyInjection;

namespace Catalog.Tests.Caching;

public sealed class CatalogServicesTests : IDisposable
{
    private static readonly CacheOptions Options = new();

    private readonly ManualClock _clock = new();
    private readonly TemporaryFeed _feed = new("MUG-01;Enamel mug;12.50");
    private readonly IServiceCollection _services = new ServiceCollection();

    public CatalogServicesTests() => _services.AddSingleton<TimeProvider>(_clock).AddSingleton(Options);

    [Fact]
    public async Task CatalogServices_FeedChanges_IsSeenAfterTheTimeToLive()
    {
        await using var provider = _services.AddCatalog(_feed.Path).BuildServiceProvider();
        Assert.Equal(12.50m, await PriceAsync(provider));

        _feed.Write("MUG-01;Enamel mug;13.00");
        Assert.Equal(12.50m, await PriceAsync(provider));

        _clock.Advance(Options.TimeToLive);
        Assert.Equal(13.00m, await PriceAsync(provider));
    }

    [Fact]
    public async Task CatalogServices_CacheDown_ReadsTheFeedUntilItIsBack()
    {
        var store = new ScriptedCacheStore { Condition = CacheCondition.Down };
        await using var provider = _services.AddSingleton<ICacheStore>(store).AddCatalog(_feed.Path).BuildServiceProvider();
        Assert.Equal(12.50m, await PriceAsync(provider));
        _feed.Write("MUG-01;Enamel mug;13.00");
        Assert.Equal(13.00m, await PriceAsync(provider));
        Assert.Equal(Options.FailureThreshold, store.Calls);

        store.Condition = CacheCondition.Up;
        _clock.Advance(Options.CoolDown);
        await PriceAsync(provider);
        _feed.Write("MUG-01;Enamel mug;14.00");

        Assert.Equal(13.00m, await PriceAsync(provider));
    }

    public void Dispose() => _feed.Dispose();

    private static async Task<decimal?> PriceAsync(IServiceProvider provider)
    {
        var products = provider.GetRequiredService<IProductSource>();
        return (await products.FindAsync("MUG-01", TestContext.Current.CancellationToken))?.Price;
    }
}
