using Storefront.Products;

namespace Storefront.Tests.Products;

public sealed class SkuTests
{
    [Fact]
    public void Parse_LowerCase_IsTheSameProduct() => Assert.Equal(Sku.Parse("PEN-BLK-05"), Sku.Parse("pen-blk-05"));

    [Theory]
    [InlineData("")]
    [InlineData("PEN--05")]
    [InlineData("PEN 05")]
    [InlineData("PEN-05\n")]
    [InlineData("PEN-0123456789-0123456789")]
    public void TryParse_Malformed_IsRefused(string text) => Assert.False(Sku.TryParse(text, null, out _));
}
