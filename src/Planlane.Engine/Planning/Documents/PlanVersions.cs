using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Planlane.Planning.Documents;

/// <summary>The versions of the plan document. Every version that was ever released is read; the newest is written.</summary>
/// <remarks>Version 2 added members that have a default, so a document of version 1 is one of version 2 that leaves them out.</remarks>
internal static partial class PlanVersions
{
    /// <summary>What is wrong with the version of a document; null when it is known, or left out.</summary>
    /// <param name="plan">The document.</param>
    /// <param name="at">Its pointer in the text.</param>
    public static Finding? Problem(JsonPart plan, string at)
    {
        if (plan.Find("version") is not { Kind: JsonValueKind.Number } version)
            return null;
        var isNumber = int.TryParse(version.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return (isNumber, number) switch
        {
            (true, >= 1 and <= Plan.SchemaVersion) => null,
            (true, > Plan.SchemaVersion) => Of($"The document has version {number}, but this Planlane knows versions up to {Plan.SchemaVersion}. Use a newer Planlane, or write version {Plan.SchemaVersion}."),
            _ => Of($"The document has version {JsonTypes.Words(version)}; write version {Plan.SchemaVersion}."),
        };

        Finding Of(string message) => new("version-known", message, $"{at}/version", version.Start);
    }

    /// <summary>Whether a member came with a version after the first.</summary>
    public static bool IsNewerThanTheFirst(string pointer) => AddedLater().IsMatch(pointer);

    [GeneratedRegex(@"^/(suitability/kind|tasks/\d+/(model|changesSignatures|moves))$", RegexOptions.CultureInvariant)]
    private static partial Regex AddedLater();
}
