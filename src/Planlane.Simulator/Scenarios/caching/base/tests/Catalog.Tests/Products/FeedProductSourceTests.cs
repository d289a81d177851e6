using Catalog.Products;

namespace Catalog.Tests.Products;

public sealed class FeedProductSourceTests : IDisposable
{
    private readonly TemporaryFeed _feed = new("MUG-01;Enamel mug;12.50", "POT-02;Moka pot;34.00");

    [Fact]
    public async Task FeedProductSource_KnownSku_FindsItsProduct() =>
        Assert.Equal(new Product("POT-02", "Moka pot", 34.00m), await FindAsync("POT-02"));

    [Fact]
    public async Task FeedProductSource_UnknownSku_FindsNothing() => Assert.Null(await FindAsync("POT"));

    public void Dispose() => _feed.Dispose();

    private Task<Product?> FindAsync(string sku) =>
        new FeedProductSource(_feed.Path).FindAsync(sku, TestContext.Current.CancellationToken);
}
