namespace Storefront.Paging;

public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    public Page<TOut> Map<TOut>(Func<T, TOut> map) => new([.. Items.Select(map)], Next);
}

public static class Page
{
    public const int DefaultSize = 20;
    public const int MaxSize = 100;

    // One item more than the page holds is fetched: it alone tells that there is a next page.
    public static Page<T> Of<T>(IReadOnlyList<T> fetched, int size, Func<T, string> cursorOf)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return fetched.Count > size
            ? new Page<T>([.. fetched.Take(size)], cursorOf(fetched[size - 1]))
            : new Page<T>(fetched, null);
    }
}
