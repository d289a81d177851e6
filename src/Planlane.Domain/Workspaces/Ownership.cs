using System.Text.Json;
using System.Text.Json.Serialization;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>The exclusive set of paths that a task may write: its lane.</summary>
/// <param name="Paths">Paths and globs; a path is owned when one of them matches it.</param>
[JsonConverter(typeof(OwnershipJson))]
public sealed record Ownership(ValueList<Glob> Paths)
{
    /// <summary>Paths that a pattern of <see cref="Paths"/> matches and that are not owned: they were given to another task.</summary>
    public ValueList<RepoPath> Except { get; init; } = [];

    /// <summary>The owned paths that are named exactly, without a wildcard.</summary>
    public IEnumerable<RepoPath> Named => Paths.Where(glob => !glob.HasWildcard).Select(glob => new RepoPath(glob.Value));

    /// <summary>Whether a path may be written.</summary>
    public bool Includes(RepoPath path) => Paths.Any(glob => glob.Matches(path)) && !Except.Any(path.IsSameFileAs);

    /// <summary>A lane that has one more path.</summary>
    public Ownership With(RepoPath path) => Except.Any(path.IsSameFileAs)
        ? this with { Except = Except.Where(other => !path.IsSameFileAs(other)).ToValueList() }
        : this with { Paths = Paths.Add(new Glob(path.Value)) };

    /// <summary>A lane that has one path less.</summary>
    public Ownership Without(RepoPath path)
    {
        var rest = this with { Paths = Paths.Where(glob => glob.HasWildcard || !glob.Matches(path)).ToValueList() };
        return rest.Includes(path) ? rest with { Except = rest.Except.Add(path) } : rest;
    }

    /// <inheritdoc />
    public override string ToString() => string.Join(", ", Paths) + (Except.Count == 0 ? "" : $" but not {string.Join(", ", Except)}");
}

/// <summary>Writes an <see cref="Ownership"/> as a JSON array of its paths; what was given away since is a matter of the run's events and is left out.</summary>
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
