using Storefront.Products;

namespace Storefront.Catalog;

public sealed record ProductKey(string Name, Sku Sku) : IComparable<ProductKey>
{
    public static ProductKey Of(Product product) => new(product.Name, product.Sku);

    public int CompareTo(ProductKey? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byName = string.Compare(Name, other.Name, StringComparison.OrdinalIgnoreCase);
        return byName != 0 ? byName : string.CompareOrdinal(Sku.Value, other.Sku.Value);
    }
}
