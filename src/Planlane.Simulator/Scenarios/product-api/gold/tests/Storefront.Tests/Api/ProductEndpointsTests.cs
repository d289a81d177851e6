using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Api;
using Storefront.Paging;
using Storefront.Pricing;
using Storefront.Products;

namespace Storefront.Tests.Api;

public sealed class ProductEndpointsTests : IAsyncLifetime
{
    private static readonly Product[] Range =
    [
        new(Sku.Parse("DSK-1"), "Desk", "Furniture", 200.00m),
        new(Sku.Parse("LMP-1"), "Desk lamp", "Furniture", 39.90m),
        new(Sku.Parse("PAD-1"), "Desk pad", "Paper", 9.50m),
        new(Sku.Parse("PEN-1"), "Pen", "Writing", 1.85m),
    ];

    private RunningApp _app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await RunningApp.StartAsync(services => services
        .AddSingleton<IReadOnlyList<Product>>(Range)
        .AddSingleton<TimeProvider>(new ManualClock(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero))));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Search_ByTextAndPrice_FindsMatchingProducts()
    {
        var page = await GetAsync<Page<ProductView>>("/products?text=desk&maxPrice=39.90");

        Assert.Equal(
            [
                new ProductView("LMP-1", "Desk lamp", "Furniture", Money.Euros(39.90m)),
                new ProductView("PAD-1", "Desk pad", "Paper", Money.Euros(9.50m)),
            ],
            page.Items);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Search_FollowingCursors_VisitsEveryProductOnce()
    {
        var visited = new List<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync<Page<ProductView>>($"/products?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            visited.AddRange(page.Items.Select(product => product.Sku));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(["DSK-1", "LMP-1", "PAD-1", "PEN-1"], visited);
    }

    [Fact]
    public async Task Search_CursorOfAnotherSearch_IsRefused()
    {
        var page = await GetAsync<Page<ProductView>>("/products?text=desk&limit=1");

        await AssertInvalidAsync($"/products?text=pen&cursor={page.Next}", "cursor");
    }

    [Theory]
    [InlineData("/products?limit=0", "limit")]
    [InlineData("/products?limit=101", "limit")]
    [InlineData("/products?minPrice=5&maxPrice=4.99", "minPrice")]
    [InlineData("/products?cursor=tampered", "cursor")]
    [InlineData("/products/PEN-1/price?quantity=0", "quantity")]
    [InlineData("/products/PEN-1/price?quantity=10001", "quantity")]
    public Task Get_ValueOutOfRange_IsRefused(string path, string field) => AssertInvalidAsync(path, field);

    [Fact]
    public async Task Find_KnownSku_ReturnsProduct() => Assert.Equal(
        new ProductView("PEN-1", "Pen", "Writing", Money.Euros(1.85m)),
        await GetAsync<ProductView>("/products/pen-1"));

    [Theory]
    [InlineData("/products/PEN-9", HttpStatusCode.NotFound)]
    [InlineData("/products/PEN-9/price", HttpStatusCode.NotFound)]
    [InlineData("/products/PEN_1", HttpStatusCode.BadRequest)]
    [InlineData("/products?limit=many", HttpStatusCode.BadRequest)]
    public async Task Get_ThatCannotSucceed_GetsProblemDetails(string path, HttpStatusCode status)
    {
        using var response = await _app.Client.GetAsync(path, Cancel);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Price_OfTenInTheSale_AppliesStandardRules()
    {
        var quote = await GetAsync<PriceQuote>("/products/PEN-1/price?quantity=10");

        Assert.Equal(["Quantity", "Back to school"], quote.Discounts.Select(discount => discount.Rule));
        Assert.Equal(Money.Euros(14.06m), quote.Total);
    }

    [Fact]
    public async Task Price_WithoutQuantity_IsForOne() =>
        Assert.Equal(Money.Euros(9.50m), (await GetAsync<PriceQuote>("/products/PAD-1/price")).Total);

    private async Task<T> GetAsync<T>(string path) =>
        await _app.Client.GetFromJsonAsync<T>(path, Cancel)
        ?? throw new InvalidOperationException("The response has no body.");

    private async Task AssertInvalidAsync(string path, string field)
    {
        using var response = await _app.Client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<HttpValidationProblemDetails>(Cancel);
        Assert.Equal([field], problem?.Errors.Keys ?? []);
    }
}
