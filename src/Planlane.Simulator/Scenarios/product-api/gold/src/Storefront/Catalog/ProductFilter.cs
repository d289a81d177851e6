using Storefront.Products;

namespace Storefront.Catalog;

public sealed class ProductFilter(ProductQuery query)
{
    private readonly string[] _words =
        query.Text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    public bool Matches(Product product) =>
        IsInCategory(product) && IsInPriceRange(product) && _words.All(word => IsAbout(product, word));

    private bool IsInCategory(Product product) =>
        query.Category is null || product.Category.Equals(query.Category, StringComparison.OrdinalIgnoreCase);

    private bool IsInPriceRange(Product product) =>
        !(product.ListPrice < query.MinPrice) && !(product.ListPrice > query.MaxPrice);

    private static bool IsAbout(Product product, string word) =>
        product.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || product.Category.Contains(word, StringComparison.OrdinalIgnoreCase)
        || product.Sku.Value.Contains(word, StringComparison.OrdinalIgnoreCase);
}
