namespace Storefront.Products;

public static class CategoryEndpoints
{
    public static void MapCategories(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/categories", (IReadOnlyList<Product> products) =>
            TypedResults.Ok(products.Select(product => product.Category).Distinct().Order(StringComparer.Ordinal)));
}
