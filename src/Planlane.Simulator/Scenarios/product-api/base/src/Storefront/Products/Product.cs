namespace Storefront.Products;

public sealed record Product(Sku Sku, string Name, string Category, decimal ListPrice);
