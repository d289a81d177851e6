namespace Planlane.Cli.Live;

/// <summary>The size of a terminal.</summary>
/// <param name="Columns">Columns of a line, at least 1.</param>
/// <param name="Rows">Lines, at least 1.</param>
internal readonly record struct TerminalSize(int Columns, int Rows);
