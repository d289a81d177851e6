using Storefront.Products;

namespace Storefront.Catalog;

public sealed record ProductQuery(string? Text, string? Category, decimal? MinPrice, decimal? MaxPrice);

public interface IProductCatalog
{
    ValueTask<Product?> FindAsync(Sku sku, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<Product>> SearchAsync(
        ProductQuery query, ProductKey? after, int limit, CancellationToken cancellationToken);
}
