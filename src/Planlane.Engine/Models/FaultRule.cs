namespace Planlane.Models;

/// <summary>What is done about one kind of fault.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Retries">How often a call is tried again after it; faults of the same reach are counted together.</param>
/// <param name="Reach">Whom it concerns.</param>
/// <param name="EndsRun">Whether the whole run pauses when no retry is left: no other request would fare better. Else only the attempt at the task fails.</param>
public sealed record FaultRule(ModelFault Fault, int Retries, FaultReach Reach, bool EndsRun);

/// <summary>Whom a fault concerns.</summary>
public enum FaultReach
{
    /// <summary>The one call.</summary>
    Call,

    /// <summary>All calls of the same model: they wait together, and one goes ahead.</summary>
    Model,

    /// <summary>All calls: after some in a row the circuit breaker opens, and one goes ahead.</summary>
    Provider,
}
