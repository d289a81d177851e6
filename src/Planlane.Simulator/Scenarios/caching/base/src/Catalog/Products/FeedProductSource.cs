using System.Globalization;

namespace Catalog.Products;

/// <summary>Products from the supplier's feed: one line of <c>sku;name;price</c> for each.</summary>
public sealed class FeedProductSource(string path) : IProductSource
{
    public async Task<Product?> FindAsync(string sku, CancellationToken cancellationToken)
    {
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
            if (line.Split(';') is [var found, var name, var price] && found == sku)
                return new Product(sku, name, decimal.Parse(price, CultureInfo.InvariantCulture));

        return null;
    }
}
