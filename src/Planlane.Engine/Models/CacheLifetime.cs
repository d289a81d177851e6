namespace Planlane.Models;

/// <summary>How long the prompt cache keeps what ends at a block.</summary>
public enum CacheLifetime
{
    /// <summary>The block is no breakpoint: nothing is written to the cache here.</summary>
    None,

    /// <summary>Five minutes, renewed by each read; a write costs 1.25 times the input.</summary>
    FiveMinutes,

    /// <summary>One hour; a write costs twice the input. Must come before the breakpoints of five minutes.</summary>
    OneHour,
}
