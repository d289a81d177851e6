namespace Planlane.Requests.Sources;

/// <summary>Reads what project files say in TOML: tables, and the values of keys that stand in one line.</summary>
internal sealed class TomlText
{
    private readonly HashSet<string> _tables = new(StringComparer.Ordinal);
    private readonly List<(string Table, string Key, string Value)> _values = [];

    /// <summary>Reads a text; lines that are not understood are left out.</summary>
    public TomlText(string text)
    {
        var table = "";
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith('['))
                _tables.Add(table = line.Split('#')[0].Trim(' ', '\t', '[', ']').Replace("\"", "", StringComparison.Ordinal));
            else if (!line.StartsWith('#') && line.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
                _values.Add((table, line[..equals].Trim().Trim('"'), line[(equals + 1)..].Trim()));
        }
    }

    /// <summary>Whether a table is there, or one inside of it.</summary>
    public bool HasTable(string name) => _tables.Any(table => table == name || table.StartsWith($"{name}.", StringComparison.Ordinal));

    /// <summary>The strings of a key, in the order of the text; of an array of tables, one for each.</summary>
    public IEnumerable<string> Strings(string table, string key) =>
        _values.Where(value => value.Table == table && value.Key == key).Select(value => Unquoted(value.Value)).OfType<string>();

    /// <summary>The keys of a table with what stands behind them, as it is written.</summary>
    public IEnumerable<(string Key, string Value)> Of(string table) => _values.Where(value => value.Table == table).Select(value => (value.Key, value.Value));

    private static string? Unquoted(string value) =>
        value.Length > 1 && value[0] is '"' or '\'' && value.IndexOf(value[0], 1) is var end and > 0 ? value[1..end] : null;
}
