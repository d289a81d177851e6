using System.Text;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>One git command and what differs from a plain run of it.</summary>
/// <param name="Arguments">The command and its arguments, without <c>git</c>.</param>
public sealed record GitCall(params IReadOnlyList<string> Arguments)
{
    /// <summary>What the command reads on standard input; empty for none.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>The index file to use instead of the repository's own.</summary>
    public string? IndexFile { get; init; }

    /// <summary>The work tree to use instead of the repository's own.</summary>
    public string? WorkTree { get; init; }

    /// <summary>True to let the repository's hooks run.</summary>
    public bool Hooks { get; init; }

    /// <summary>Settings for this command, each <c>key=value</c>.</summary>
    public ValueList<string> Settings { get; init; } = [];

    /// <summary>Variables set for this command.</summary>
    public ValueList<(string Name, string Value)> Variables { get; init; } = [];

    /// <summary>The exit codes that are not a fault.</summary>
    public ValueList<int> Accepted { get; init; } = [0];

    internal static ReadOnlyMemory<byte> Lines(IEnumerable<string> lines, char end = '\n') =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + end)));
}

/// <summary>What a git command answered.</summary>
/// <param name="ExitCode">Its exit code, one of the accepted ones.</param>
/// <param name="Output">Its standard output, byte for byte.</param>
/// <param name="Error">Its standard error.</param>
public sealed record GitOutput(int ExitCode, byte[] Output, string Error)
{
    /// <summary>The output as UTF-8 text without the line ends at its end.</summary>
    public string Text => Encoding.UTF8.GetString(Output).TrimEnd('\n', '\r');

    /// <summary>The parts of an output that is separated by NUL.</summary>
    public IReadOnlyList<string> Records => Encoding.UTF8.GetString(Output).Split('\0') is [.. var records, ""] ? records : [Encoding.UTF8.GetString(Output)];
}
