namespace Shop.Catalog;

public sealed record Product(string Sku, string Name, decimal PriceInEuro);
