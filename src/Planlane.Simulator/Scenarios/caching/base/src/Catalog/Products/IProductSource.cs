namespace Catalog.Products;

public interface IProductSource
{
    /// <summary>The product of an article number, or null when there is none.</summary>
    Task<Product?> FindAsync(string sku, CancellationToken cancellationToken);
}
