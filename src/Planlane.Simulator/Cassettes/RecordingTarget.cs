namespace Planlane.Simulator.Cassettes;

/// <summary>What is recorded, and where it is written.</summary>
/// <param name="Upstream">The address of the API before <c>/v1</c>; http or https.</param>
/// <param name="File">The cassette; made when it is missing, appended to when it is not.</param>
public sealed record RecordingTarget(Uri Upstream, string File);
