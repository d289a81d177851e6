using Storefront.Catalog;
using Storefront.Paging;

namespace Storefront.Api;

public sealed record ProductSearch(
    string? Text,
    string? Category,
    decimal? MinPrice,
    decimal? MaxPrice,
    int? Limit,
    string? Cursor)
{
    public ProductQuery Query => new(Text, Category, MinPrice, MaxPrice);

    public int Size => Limit ?? Page.DefaultSize;

    public Dictionary<string, string[]> Validate(out ProductKey? after)
    {
        var errors = new Dictionary<string, string[]>();
        after = null;
        if (Cursor is not null && !PageCursor.TryDecode(Cursor, Query, out after))
        {
            errors["cursor"] = ["The cursor does not belong to this search."];
        }

        if (Size is < 1 or > Page.MaxSize)
        {
            errors["limit"] = [$"The limit is between 1 and {Page.MaxSize}."];
        }

        if (MinPrice > MaxPrice)
        {
            errors["minPrice"] = ["The lowest price is above the highest."];
        }

        return errors;
    }
}
