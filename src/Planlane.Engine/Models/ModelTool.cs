namespace Planlane.Models;

/// <summary>A tool that the model may call.</summary>
/// <param name="Name">Unique in a request; letters, digits, <c>_</c> and <c>-</c>, at most 64.</param>
/// <param name="Description">What the model reads to decide on a call.</param>
/// <param name="InputSchema">The JSON schema of the arguments: an object.</param>
/// <param name="Strict">Whether the vendor must enforce the schema; costs a compiled grammar, so only for the few tools that need it.</param>
public sealed record ModelTool(string Name, string Description, string InputSchema, bool Strict = false);
