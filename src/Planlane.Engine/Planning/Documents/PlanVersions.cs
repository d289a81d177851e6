using System.Globalization;
using System.Text.Json;

namespace Planlane.Planning.Documents;

/// <summary>The versions of the plan document. Every version that was ever released is read; the newest is written.</summary>
/// <remarks>
/// Version 2 added members that have a default to version 1. Version 3 leaves out what has its default, adds <c>conventions</c>, and has the one number of <c>estimate</c> that a planner can give as
/// <c>outputTokens</c> of the task. <see cref="PlanDefaults"/> makes one of the other.
/// </remarks>
internal static class PlanVersions
{
    /// <summary>What is wrong with the version of a document; null when it is known, or left out.</summary>
    /// <param name="plan">The document.</param>
    /// <param name="at">Its pointer in the text.</param>
    public static Finding? Problem(JsonPart plan, string at)
    {
        if (plan.Find("version") is not { Kind: JsonValueKind.Number } version)
            return null;
        return NumberOf(version) switch
        {
            >= 1 and <= Plan.SchemaVersion => null,
            > Plan.SchemaVersion and var number => Of($"The document has version {number}, but this Planlane knows versions up to {Plan.SchemaVersion}. Use a newer Planlane, or write version {Plan.SchemaVersion}."),
            _ => Of($"The document has version {JsonTypes.Words(version)}; write version {Plan.SchemaVersion}."),
        };

        Finding Of(string message) => new("version-known", message, $"{at}/version", version.Start);
    }

    /// <summary>Whether a document says that it is of an earlier version.</summary>
    public static bool IsEarlier(JsonPart plan) => plan.Find("version") is { Kind: JsonValueKind.Number } version && NumberOf(version) is >= 1 and < Plan.SchemaVersion;

    private static int? NumberOf(JsonPart version) => int.TryParse(version.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
