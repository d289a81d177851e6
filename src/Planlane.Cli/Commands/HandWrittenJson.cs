using System.Text.Json;
using System.Text.Json.Serialization;

namespace Planlane.Cli.Commands;

/// <summary>How JSON files that a person writes for one command are read: comments and trailing commas are taken, unknown, doubled and missing members are not.</summary>
internal static class HandWrittenJson
{
    /// <summary>Names are in camel case.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };
}
