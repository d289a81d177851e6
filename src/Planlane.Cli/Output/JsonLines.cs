using System.Text.Json;
using Planlane.Journal;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Output;

/// <summary>A stream of JSON objects, one a line; each has a <c>type</c>. The first says which version the rest has.</summary>
/// <remarks>A reader ignores members and types that it does not know; a new first number of the version means that this is not enough.</remarks>
internal sealed class JsonLines
{
    public const string Schema = "1.0";

    private readonly TextWriter _writer;
    private readonly SecretMask _secrets;

    /// <param name="writer">The stream.</param>
    /// <param name="secrets">What is masked; well-known kinds of keys when null.</param>
    public JsonLines(TextWriter writer, SecretMask? secrets = null)
    {
        (_writer, _secrets) = (writer, secrets ?? SecretMask.Shapes);
        Write(new { type = "version", schema = Schema });
    }

    /// <summary>Writes an object that has a member <c>type</c>.</summary>
    public void Write<T>(T line)
    {
        _writer.Write(SafeText.OfJson(_secrets.Of(JsonSerializer.Serialize(line, EventJson.Options))) + "\n");
        _writer.Flush();
    }

    /// <summary>Writes an event: its wire name as <c>type</c>, its place and time, and its members beside them.</summary>
    public void Write(RecordedEvent recorded)
    {
        var members = JsonSerializer.SerializeToNode(recorded.Event, EventJson.Options)!.AsObject();
        var line = new System.Text.Json.Nodes.JsonObject
        {
            ["type"] = EventJson.NameOf(recorded.Event),
            ["sequence"] = recorded.Sequence,
            ["at"] = recorded.At,
        };
        foreach (var (name, value) in members.ToList())
            if (name != "type")
                line[name] = value?.DeepClone();
        Write(line);
    }

    /// <summary>Writes the last line.</summary>
    public void Result(int exitCode) => Write(new { type = "result", exitCode });
}
