using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Planlane.Values;

/// <summary>Takes keys, tokens and passwords out of text: known values, and what has the shape of a well-known kind (<see cref="SecretShapes"/>). Immutable, thread-safe; the time is linear in the text.</summary>
/// <remarks>
/// A secret that is cut in pieces, encoded or of no known kind is not recognised. A text that was masked stays as it is when it is masked again, and text without a secret is given back as the
/// same object.
/// </remarks>
public sealed class SecretMask
{
    /// <summary>What stands for a secret.</summary>
    public const string Mark = "[masked secret]";

    // What is shorter is a placeholder, and would be found in many places.
    private const int Shortest = 6;

    private readonly string[] _values;
    private readonly SearchValues<string>? _search;

    /// <summary>Makes a mask that knows some values beside the shapes.</summary>
    /// <param name="values">The values; those of fewer than six letters are left out.</param>
    public SecretMask(IEnumerable<string> values)
    {
        // The longest first: one value may be a part of another. A value with quotes or line breaks looks different within JSON.
        _values = [.. values.SelectMany(Lines).Where(value => value.Length >= Shortest && !Mark.Contains(value, StringComparison.Ordinal))
            .SelectMany(value => new[] { value, JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString() })
            .Distinct(StringComparer.Ordinal).OrderByDescending(value => value.Length).ThenBy(value => value, StringComparer.Ordinal)];
        _search = _values.Length == 0 ? null : SearchValues.Create(_values, StringComparison.Ordinal);
    }

    /// <summary>A mask that knows shapes alone.</summary>
    public static SecretMask Shapes { get; } = new([]);

    /// <summary>The text with <see cref="Mark"/> in place of each secret.</summary>
    public string Of(string text) => SecretShapes.Masked(OfValues(text));

    /// <summary>The text with <see cref="Mark"/> in place of the known values alone: for what a model wrote, whose samples of keys are no secrets and must not change.</summary>
    public string OfValues(string text)
    {
        if (_search is null || !text.AsSpan().ContainsAny(_search))
            return text;
        foreach (var value in _values)
            text = text.Replace(value, Mark, StringComparison.Ordinal);
        return text;
    }

    // Of a key in several lines, each line is as secret.
    private static IEnumerable<string> Lines(string value)
    {
        var lines = value.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length < 2 ? [value.Trim()] : lines.Where(line => line.Length >= 16 && !line.StartsWith("-----", StringComparison.Ordinal));
    }
}
