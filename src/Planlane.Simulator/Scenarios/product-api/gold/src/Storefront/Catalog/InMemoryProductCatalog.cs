using System.Collections.Frozen;
using System.Collections.Immutable;
using Storefront.Products;

namespace Storefront.Catalog;

public sealed class InMemoryProductCatalog : IProductCatalog
{
    private readonly ImmutableArray<Product> _ordered;
    private readonly FrozenDictionary<Sku, Product> _bySku;

    public InMemoryProductCatalog(IReadOnlyList<Product> products)
    {
        _ordered = [.. products.OrderBy(ProductKey.Of)];
        _bySku = products.ToFrozenDictionary(product => product.Sku);
    }

    public ValueTask<Product?> FindAsync(Sku sku, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_bySku.GetValueOrDefault(sku));
    }

    public ValueTask<IReadOnlyList<Product>> SearchAsync(
        ProductQuery query, ProductKey? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        cancellationToken.ThrowIfCancellationRequested();
        var filter = new ProductFilter(query);
        IReadOnlyList<Product> found =
        [
            .. _ordered
                .SkipWhile(product => ProductKey.Of(product).CompareTo(after) <= 0)
                .Where(filter.Matches)
                .Take(limit),
        ];
        return ValueTask.FromResult(found);
    }
}
