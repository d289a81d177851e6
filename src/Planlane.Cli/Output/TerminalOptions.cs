namespace Planlane.Cli.Output;

/// <summary>What the flags say about input and output.</summary>
internal sealed record TerminalOptions(bool Json = false, bool NoColor = false, bool Accessible = false, bool NoInput = false, string? Progress = null);
