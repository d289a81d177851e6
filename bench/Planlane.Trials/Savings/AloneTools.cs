using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Planlane.Sandbox;
using Planlane.Simulator.Scripting;

namespace Planlane.Trials.Savings;

/// <summary>The files and tools of one agent alone, in a temporary folder; removed at the end.</summary>
internal sealed class AloneTools : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planlane-alone-");
    private readonly CheckRecords _records;
    private readonly IReadOnlyList<string> _checks;
    private readonly HashSet<string> _written = [];
    private readonly int _files;

    public AloneTools(Scenario scenario, CheckRecords records, IReadOnlyList<string> checks)
    {
        scenario.CopyBaseTo(Root);
        Directory.CreateDirectory(Temp);
        _records = records;
        _checks = checks;
        _files = GoldFiles.PathsOf(scenario).Count;
    }

    public string Root => Path.Combine(_folder.FullName, "files");

    /// <summary>Whether the last command of the plan has passed on the files as they are.</summary>
    public bool IsTested { get; private set; }

    private string Temp => Path.Combine(_folder.FullName, "temp");

    /// <summary>Runs a tool.</summary>
    /// <returns>What the agent reads, and whether it is an error.</returns>
    public async Task<(string Text, bool IsError)> RunAsync(string tool, JsonElement input, CancellationToken cancellationToken)
    {
        var path = input.TryGetProperty("path", out var named) ? named.GetString()! : "";
        switch (tool)
        {
            case "list_files":
                return (string.Join('\n', Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)), false);
            case "read_file":
                return File.Exists(At(path)) ? (await File.ReadAllTextAsync(At(path), cancellationToken).ConfigureAwait(false), false) : ($"There is no file {path}.", true);
            case "write_file":
                return await WriteAsync(path, input.GetProperty("content").GetString()!, cancellationToken).ConfigureAwait(false);
            case "edit_file":
                return await EditAsync(path, input.GetProperty("edits"), cancellationToken).ConfigureAwait(false);
            case "run":
                return await CommandAsync(input.GetProperty("command").GetString()!, cancellationToken).ConfigureAwait(false);
            default:
                return ($"There is no tool {tool}.", true);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string At(string path) => Path.Combine(Root, path);

    private async Task<(string Text, bool IsError)> WriteAsync(string path, string content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        await File.WriteAllTextAsync(At(path), content, cancellationToken).ConfigureAwait(false);
        (IsTested, _) = (false, _written.Add(path));
        return ($"Wrote {path}.", false);
    }

    private async Task<(string Text, bool IsError)> EditAsync(string path, JsonElement edits, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(At(path), cancellationToken).ConfigureAwait(false);
        foreach (var edit in edits.EnumerateArray())
        {
            var (old, to) = (edit.GetProperty("old_text").GetString()!, edit.GetProperty("new_text").GetString()!);
            var place = text.IndexOf(old, StringComparison.Ordinal);
            if (place < 0)
                return ($"{path} does not hold the text to replace: {old}", true);
            text = text[..place] + to + text[(place + old.Length)..];
        }

        return await WriteAsync(path, text, cancellationToken).ConfigureAwait(false);
    }

    // A build in the midst of the work fails for parts that are missing, which the agent knows; what it learns from it is whether what it has written so far is well formed. So only the
    // builds and tests of all files really run, and those only when they are well formed.
    private async Task<(string Text, bool IsError)> CommandAsync(string command, CancellationToken cancellationToken)
    {
        IsTested = false;
        if (Syntax() is { Count: > 0 } errors)
            return (string.Join('\n', errors), true);
        if (_written.Count < _files)
            return ("Build succeeded.", false);
        var outcome = await _records.OutcomeAsync(new BoxedCommand(command, Root, Temp, TimeSpan.FromMinutes(15)), cancellationToken).ConfigureAwait(false);
        IsTested = outcome.ExitCode == 0 && command == _checks[^1];
        return (outcome.Output.Length > 4_000 ? outcome.Output[^4_000..] : outcome.Output, outcome.ExitCode != 0);
    }

    private List<string> Syntax() =>
        [.. from path in _written
            where path.EndsWith(".cs", StringComparison.Ordinal)
            from error in CSharpSyntaxTree.ParseText(File.ReadAllText(At(path)), path: path).GetDiagnostics()
            where error.Severity is DiagnosticSeverity.Error
            select error.ToString()];

    /// <summary>The declarations of the tools, as the API takes them.</summary>
    public static JsonArray Declarations() =>
    [
        Declare("list_files", "Lists all files of the repository.", []),
        Declare("read_file", "Reads a file of the repository.", ["path"]),
        Declare("write_file", "Writes a whole file of the repository; makes it if it is not there.", ["path", "content"]),
        Declare("edit_file", "Replaces texts of a file: edits is a list of old_text, which must be there exactly, and new_text.", ["path", "edits"]),
        Declare("run", "Runs a shell command in the root of the repository and shows what it prints.", ["command"]),
    ];

    private static JsonObject Declare(string name, string description, string[] members) => new()
    {
        ["name"] = name,
        ["description"] = description,
        ["input_schema"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject([.. members.Select(member => KeyValuePair.Create(member, (JsonNode?)new JsonObject { ["type"] = member == "edits" ? "array" : "string" }))]),
            ["required"] = new JsonArray([.. members.Select(member => JsonValue.Create(member))]),
        },
    };
}
