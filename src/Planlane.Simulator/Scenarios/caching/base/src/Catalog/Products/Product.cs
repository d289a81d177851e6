namespace Catalog.Products;

public sealed record Product(string Sku, string Name, decimal Price);
