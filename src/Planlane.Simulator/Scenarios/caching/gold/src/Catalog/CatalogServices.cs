using Catalog.Caching;
using Catalog.Products;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Catalog;

public static class CatalogServices
{
    /// <summary>Adds the cached catalog; a clock, a cache store or cache options that were added before are used.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services, string feedPath)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new CacheOptions());
        services.TryAddSingleton<ICacheStore, MemoryCacheStore>();
        services.AddSingleton<IProductSource>(provider => new CachedProductSource(new FeedProductSource(feedPath), ReaderFrom(provider)));
        return services;
    }

    private static CacheAsideReader<Product> ReaderFrom(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<CacheOptions>();
        var store = provider.GetRequiredService<ICacheStore>();
        return new CacheAsideReader<Product>(new FallbackCacheStore(store, options, provider.GetRequiredService<TimeProvider>()), options);
    }
}
