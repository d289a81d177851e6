using Storefront.Api;
using Storefront.Catalog;
using Storefront.Pricing;
using Storefront.Products;

namespace Storefront;

public static class StorefrontApp
{
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IReadOnlyList<Product>>(SampleProducts.All);
        builder.Services.AddSingleton<IProductCatalog, InMemoryProductCatalog>();
        builder.Services.AddSingleton(StandardPricing.Create());
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapCategories();
        app.MapProducts();
        return app;
    }
}
