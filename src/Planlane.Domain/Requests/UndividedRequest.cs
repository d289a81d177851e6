namespace Planlane.Requests;

/// <summary>A request that is plainly no work for several agents, seen from its words before anything is paid for.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Reason">Why it is not divided, as the user reads it.</param>
public sealed record UndividedRequest(RequestKind Kind, string Reason);
