namespace Planlane.Requests;

/// <summary>How a project of a repository is built and tested, as its own files say. At least one of the two commands is there.</summary>
/// <param name="Toolchain">What builds it, as it is called: <c>dotnet</c>, <c>npm</c>, <c>pnpm</c>, <c>yarn</c>, <c>bun</c>, <c>cargo</c>, <c>go</c>, <c>python</c>, <c>maven</c>, <c>gradle</c> or <c>make</c>.</param>
/// <param name="Source">The path of the file that it was recognised from.</param>
/// <param name="Build">The command that builds it, run in the root of the repository; null when there is nothing to build or nothing says how.</param>
/// <param name="Test">The command that tests it, run in the root of the repository; null when nothing says how.</param>
public sealed record ProjectCommand(string Toolchain, string Source, string? Build, string? Test);
