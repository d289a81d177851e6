namespace Planlane.Planning.Documents;

/// <summary>JSON pointers (RFC 6901), which name a value in a JSON text, such as <c>/tasks/2/owns/0</c>.</summary>
internal static class JsonPointer
{
    /// <summary>A member's name as a part of a pointer.</summary>
    public static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>A pointer as it stands in a sentence.</summary>
    public static string Words(string pointer) => pointer.Length == 0 ? "the document" : pointer;

    /// <summary>The names and numbers that a pointer goes through.</summary>
    public static IEnumerable<string> Parts(string pointer) =>
        pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
}
