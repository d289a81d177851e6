using Storefront.Catalog;
using Storefront.Paging;
using Storefront.Products;

namespace Storefront.Tests.Paging;

public sealed class PagingTests
{
    private static readonly ProductQuery Pens = new("pen", "Writing", 1.50m, null);
    private static readonly ProductKey Key = new("Füller \"Größe M\"", Sku.Parse("PEN-1"));

    [Fact]
    public void Cursor_DecodedForItsOwnSearch_GivesTheKeyBack()
    {
        Assert.True(PageCursor.TryDecode(PageCursor.Encode(Key, Pens), Pens with { }, out var after));
        Assert.Equal(Key, after);
    }

    [Fact]
    public void Cursor_Encoded_IsSafeInUrls()
    {
        var cursor = PageCursor.Encode(Key, Pens);

        Assert.Equal(cursor, Uri.EscapeDataString(cursor));
    }

    [Fact]
    public void Cursor_OfAnotherSearch_IsRefused() =>
        Assert.False(PageCursor.TryDecode(PageCursor.Encode(Key, Pens), Pens with { MaxPrice = 2 }, out _));

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("bm90IGpzb24")]
    [InlineData("bnVsbA")]
    [InlineData("e30")]
    public void Cursor_NotOurs_IsRefused(string cursor) =>
        Assert.False(PageCursor.TryDecode(cursor, Pens, out _));

    [Fact]
    public void Page_OneMoreFetched_PointsBehindItsLastItem()
    {
        var page = Page.Of([1, 2, 3], 2, last => $"after {last}");

        Assert.Equal([1, 2], page.Items);
        Assert.Equal("after 2", page.Next);
    }

    [Fact]
    public void Page_ExactlyFull_IsTheLast()
    {
        var page = Page.Of([1, 2], 2, last => $"after {last}");

        Assert.Equal([1, 2], page.Items);
        Assert.Null(page.Next);
    }
}
