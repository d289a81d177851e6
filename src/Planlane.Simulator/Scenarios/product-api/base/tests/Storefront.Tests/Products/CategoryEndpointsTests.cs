using System.Net.Http.Json;

namespace Storefront.Tests.Products;

public sealed class CategoryEndpointsTests
{
    [Fact]
    public async Task Categories_OfSampleRange_AreDistinctAndSorted()
    {
        await using var app = await RunningApp.StartAsync();

        var categories = await app.Client.GetFromJsonAsync<string[]>(
            "/categories", TestContext.Current.CancellationToken);

        Assert.Equal(["Furniture", "Paper", "Writing"], categories ?? []);
    }
}
