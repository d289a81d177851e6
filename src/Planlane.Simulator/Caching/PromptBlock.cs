using System.Text;

namespace Planlane.Simulator.Caching;

/// <summary>How long an entry of the prompt cache lives after it was last written or read.</summary>
public enum CacheLifetime
{
    /// <summary>Five minutes; the default of the API.</summary>
    FiveMinutes,

    /// <summary>One hour (<c>"ttl": "1h"</c>).</summary>
    OneHour,
}

/// <summary>One block of a prompt in rendered order: a tool, a system block or a block of a message.</summary>
/// <param name="Part">Where it stands, such as <c>tools</c>, <c>system</c>, <c>user</c>; part of what is compared.</param>
/// <param name="Content">What is compared and counted: the text, or JSON in one canonical spelling without its cache mark.</param>
/// <param name="Breakpoint">The lifetime that the block's <c>cache_control</c> asks for; null when it has none.</param>
public sealed record PromptBlock(string Part, string Content, CacheLifetime? Breakpoint = null)
{
    /// <summary>The UTF-8 bytes of the content.</summary>
    public int Bytes { get; } = Encoding.UTF8.GetByteCount(Content);
}
