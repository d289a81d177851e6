using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Planlane.Reports;
using Planlane.Sandbox;

namespace Planlane.Trials.Savings;

/// <summary>Outcomes of commands that really ran, by the files that they ran on: what has run once on the same files is not run again.</summary>
/// <param name="folder">Where the outcomes are kept from run to run.</param>
internal sealed class CheckRecords(string folder)
{
    private const string RootMark = "{ROOT}";
    private static readonly HashSet<string> Outputs = ["bin", "obj", "TestResults", "__pycache__", ".git", ".pytest_cache"];

    private readonly OpenSandbox _real = new(TimeProvider.System);
    private readonly Dictionary<string, List<string>> _skipped = [];
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The digest of all files of a folder but build outputs.</summary>
    public static string DigestOf(string root)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in FilesOf(root).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file}\0"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(Path.Combine(root, file))));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    /// <summary>What a command says of the files in its folder.</summary>
    public async Task<BoxResult> OutcomeAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var digest = DigestOf(command.Folder);
            var file = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{digest}\n{command.Text}")))[..32] + ".json");
            var skipped = _skipped.TryGetValue($"{command.Folder}\n{digest}", out var found) ? found : _skipped[$"{command.Folder}\n{digest}"] = [];
            if (File.Exists(file))
            {
                skipped.Add(command.Text);
                return Replay(JsonSerializer.Deserialize<Kept>(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false))!, command.Folder);
            }

            // What an earlier command would have built is missing where it was only answered from its record.
            foreach (var text in skipped)
                await _real.RunAsync(command with { Text = text, Mounts = [] }, cancellationToken).ConfigureAwait(false);
            skipped.Clear();
            var result = await _real.RunAsync(command with { Mounts = [] }, cancellationToken).ConfigureAwait(false);
            Directory.CreateDirectory(folder);
            await WriteAsync(file, Keep(result, command.Folder), cancellationToken).ConfigureAwait(false);
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static IEnumerable<string> FilesOf(string root)
    {
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path)))
            if (!path.Split(Path.DirectorySeparatorChar).Any(Outputs.Contains))
                yield return path;
    }

    private static Kept Keep(BoxResult result, string root) => new(
        result.End,
        result.ExitCode,
        result.Output.Replace(root, RootMark, StringComparison.Ordinal),
        Directory.EnumerateFiles(root, "*.trx", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(root, path), path => File.ReadAllText(path).Replace(root, RootMark, StringComparison.Ordinal)));

    private static BoxResult Replay(Kept kept, string root)
    {
        foreach (var (path, text) in kept.Results)
        {
            var target = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, text.Replace(RootMark, root, StringComparison.Ordinal));
        }

        return new BoxResult(kept.End, kept.ExitCode, 0, kept.Output.Replace(RootMark, root, StringComparison.Ordinal));
    }

    // Under a name of its own first, as two processes may find the same outcome at once.
    private static async Task WriteAsync(string file, Kept kept, CancellationToken cancellationToken)
    {
        var half = $"{file}.{Environment.ProcessId}";
        await File.WriteAllTextAsync(half, JsonSerializer.Serialize(kept), cancellationToken).ConfigureAwait(false);
        File.Move(half, file, overwrite: true);
    }

    private sealed record Kept(CommandEnd End, int ExitCode, string Output, Dictionary<string, string> Results);
}
