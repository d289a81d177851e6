using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Storefront.Catalog;
using Storefront.Products;

namespace Storefront.Paging;

public static class PageCursor
{
    private const int ScopeBytes = 8;

    public static string Encode(ProductKey last, ProductQuery query) => Base64Url.EncodeToString(
        JsonSerializer.SerializeToUtf8Bytes(new Payload(ScopeOf(query), last.Name, last.Sku.Value)));

    public static bool TryDecode(string cursor, ProductQuery query, [NotNullWhen(true)] out ProductKey? after)
    {
        after = Read(cursor) is { } payload
            && payload.Scope == ScopeOf(query)
            && Sku.TryParse(payload.Sku, null, out var sku)
                ? new ProductKey(payload.Name, sku)
                : null;
        return after is not null;
    }

    private static Payload? Read(string cursor)
    {
        if (!Base64Url.IsValid(cursor))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Payload>(Base64Url.DecodeFromChars(cursor), JsonSerializerOptions.Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A cursor continues the search that it came from, so it carries a fingerprint of that search.
    private static string ScopeOf(ProductQuery query) => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(query)).AsSpan(0, ScopeBytes));

    private sealed record Payload(string Scope, string Name, string Sku);
}
