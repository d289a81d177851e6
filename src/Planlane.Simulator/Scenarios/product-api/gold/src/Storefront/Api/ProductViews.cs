using Storefront.Pricing;
using Storefront.Products;

namespace Storefront.Api;

public sealed record ProductView(string Sku, string Name, string Category, Money ListPrice)
{
    public static ProductView Of(Product product) =>
        new(product.Sku.Value, product.Name, product.Category, Money.Euros(product.ListPrice));
}
