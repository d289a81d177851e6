using Catalog.Products;

namespace Catalog.Caching;

/// <summary>Answers from the cache where it can and from the origin otherwise.</summary>
public sealed class CachedProductSource(IProductSource origin, CacheAsideReader<Product> reader) : IProductSource
{
    public Task<Product?> FindAsync(string sku, CancellationToken cancellationToken) =>
        reader.ReadAsync($"product:{sku}", token => origin.FindAsync(sku, token), cancellationToken);
}
