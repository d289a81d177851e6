using System.Text.Json;
using System.Text.Json.Serialization;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>The exclusive set of paths that a task may write: its lane.</summary>
/// <param name="Paths">Paths and globs; a path is owned when one of them matches it.</param>
[JsonConverter(typeof(OwnershipJson))]
public sealed record Ownership(ValueList<Glob> Paths)
{
    /// <summary>The owned paths that are named exactly, without a wildcard.</summary>
    public IEnumerable<RepoPath> Named => Paths.Where(glob => !glob.HasWildcard).Select(glob => new RepoPath(glob.Value));

    /// <summary>Whether a path may be written.</summary>
    public bool Includes(RepoPath path) => Paths.Any(glob => glob.Matches(path));

    /// <summary>A lane that has one more path.</summary>
    public Ownership With(RepoPath path) => new(Paths.Add(new Glob(path.Value)));

    /// <inheritdoc />
    public override string ToString() => string.Join(", ", Paths);
}

/// <summary>Writes an <see cref="Ownership"/> as a JSON array of its paths.</summary>
public sealed class OwnershipJson : JsonConverter<Ownership>
{
    /// <inheritdoc />
    public override Ownership Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("Owned paths are an array of strings.");

        var paths = new List<Glob>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            paths.Add(new Glob(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("An owned path is a string.")));
        return new Ownership(paths.ToValueList());
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Ownership value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var path in value.Paths)
            writer.WriteStringValue(path.Value);
        writer.WriteEndArray();
    }
}
