using Catalog.Products;
using Microsoft.Extensions.DependencyInjection;

namespace Catalog;

public static class CatalogServices
{
    public static IServiceCollection AddCatalog(this IServiceCollection services, string feedPath)
    {
        services.AddSingleton<IProductSource>(new FeedProductSource(feedPath));
        return services;
    }
}
