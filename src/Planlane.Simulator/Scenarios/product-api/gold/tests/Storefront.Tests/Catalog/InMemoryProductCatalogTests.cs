using Storefront.Catalog;
using Storefront.Products;

namespace Storefront.Tests.Catalog;

public sealed class InMemoryProductCatalogTests
{
    private static readonly Product Desk = new(Sku.Parse("DSK-1"), "Desk", "Furniture", 200.00m);
    private static readonly Product Lamp = new(Sku.Parse("LMP-1"), "desk lamp", "Furniture", 39.90m);
    private static readonly Product Pad = new(Sku.Parse("PAD-1"), "Desk pad", "Paper", 9.50m);
    private static readonly Product Pen = new(Sku.Parse("PEN-1"), "Pen", "Writing", 1.85m);
    private static readonly Product RedPen = new(Sku.Parse("PEN-2"), "Pen", "Writing", 1.95m);

    private readonly InMemoryProductCatalog _catalog = new([RedPen, Pen, Pad, Lamp, Desk]);

    private static ProductQuery Everything => new(null, null, null, null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_Everything_IsInOrderOfNameThenSku() =>
        Assert.Equal([Desk, Lamp, Pad, Pen, RedPen], await _catalog.SearchAsync(Everything, null, 10, Cancel));

    [Fact]
    public async Task Search_AfterKey_StartsBehindIt() =>
        Assert.Equal([RedPen], await _catalog.SearchAsync(Everything, ProductKey.Of(Pen), 10, Cancel));

    [Fact]
    public async Task Search_AfterProductThatIsGone_StartsWhereItStood() =>
        Assert.Equal(
            [Pen, RedPen],
            await _catalog.SearchAsync(Everything, new ProductKey("Paper clips", Sku.Parse("CLP-1")), 10, Cancel));

    [Fact]
    public async Task Search_MoreThanLimit_StopsAtLimit() =>
        Assert.Equal([Desk, Lamp], await _catalog.SearchAsync(Everything, null, 2, Cancel));

    [Theory]
    [InlineData("DESK", "DSK-1 LMP-1 PAD-1")]
    [InlineData("lamp  desk", "LMP-1")]
    [InlineData("paper", "PAD-1")]
    [InlineData("pen-2", "PEN-2")]
    [InlineData("  ", "DSK-1 LMP-1 PAD-1 PEN-1 PEN-2")]
    [InlineData("desk pen", "")]
    public async Task Search_ByText_NeedsEveryWord(string text, string expected) =>
        Assert.Equal(expected, await SkusAsync(Everything with { Text = text }));

    [Fact]
    public async Task Search_ByCategory_IgnoresCase() =>
        Assert.Equal("DSK-1 LMP-1", await SkusAsync(Everything with { Category = "furniture" }));

    [Theory]
    [InlineData(9.50, null, "DSK-1 LMP-1 PAD-1")]
    [InlineData(null, 1.85, "PEN-1")]
    [InlineData(1.95, 39.90, "LMP-1 PAD-1 PEN-2")]
    public async Task Search_ByPrice_IncludesBothEnds(double? lowest, double? highest, string expected) =>
        Assert.Equal(
            expected,
            await SkusAsync(Everything with { MinPrice = (decimal?)lowest, MaxPrice = (decimal?)highest }));

    [Fact]
    public async Task Find_KnownAndUnknownSku_TellsThemApart()
    {
        Assert.Equal(Pad, await _catalog.FindAsync(Sku.Parse("pad-1"), Cancel));
        Assert.Null(await _catalog.FindAsync(Sku.Parse("PAD-2"), Cancel));
    }

    private async Task<string> SkusAsync(ProductQuery query) =>
        string.Join(' ', (await _catalog.SearchAsync(query, null, 10, Cancel)).Select(product => product.Sku));
}
