using Microsoft.AspNetCore.Http.HttpResults;
using Storefront.Catalog;
using Storefront.Paging;
using Storefront.Pricing;
using Storefront.Products;

namespace Storefront.Api;

public static class ProductEndpoints
{
    public const int MaxQuantity = 10_000;

    public static void MapProducts(this IEndpointRouteBuilder routes)
    {
        var products = routes.MapGroup("/products");
        products.MapGet("/", SearchAsync);
        products.MapGet("/{sku}", FindAsync);
        products.MapGet("/{sku}/price", PriceAsync);
    }

    private static async Task<Results<Ok<Page<ProductView>>, ValidationProblem>> SearchAsync(
        [AsParameters] ProductSearch search, IProductCatalog catalog, CancellationToken cancellationToken)
    {
        var errors = search.Validate(out var after);
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var query = search.Query;
        var fetched = await catalog.SearchAsync(query, after, search.Size + 1, cancellationToken);
        var page = Page.Of(fetched, search.Size, last => PageCursor.Encode(ProductKey.Of(last), query));
        return TypedResults.Ok(page.Map(ProductView.Of));
    }

    private static async Task<Results<Ok<ProductView>, NotFound>> FindAsync(
        Sku sku, IProductCatalog catalog, CancellationToken cancellationToken) =>
        await catalog.FindAsync(sku, cancellationToken) is { } product
            ? TypedResults.Ok(ProductView.Of(product))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<PriceQuote>, NotFound, ValidationProblem>> PriceAsync(
        Sku sku,
        IProductCatalog catalog,
        PriceCalculator prices,
        TimeProvider time,
        CancellationToken cancellationToken,
        int quantity = 1)
    {
        if (quantity is < 1 or > MaxQuantity)
        {
            return TypedResults.ValidationProblem(
                [new("quantity", [$"The quantity is between 1 and {MaxQuantity}."])]);
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return await catalog.FindAsync(sku, cancellationToken) is { } product
            ? TypedResults.Ok(prices.Quote(new PriceRequest(product, quantity, today)))
            : TypedResults.NotFound();
    }
}
