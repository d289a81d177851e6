using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Planlane.Support;

/// <summary>The built executable as a real process, in an environment without the settings of whoever runs the tests.</summary>
internal sealed class PlanlaneProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _results = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private PlanlaneProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(_results, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_errors, line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The system's number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What has come on stdout.</summary>
    public string Out => string.Join('\n', _results);

    /// <summary>What has come on stderr.</summary>
    public string Error => string.Join('\n', _errors);

    public static PlanlaneProcess Start(string folder, IReadOnlyDictionary<string, string> variables, params IEnumerable<string> arguments) => new(StartOf(folder, variables, arguments));

    /// <summary>Starts it with nobody who reads what it prints; for commands that print little.</summary>
    public static Process Launch(string folder, IReadOnlyDictionary<string, string> variables, params IEnumerable<string> arguments)
    {
        var process = Process.Start(StartOf(folder, variables, arguments))!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<Result> RunAsync(string folder, IReadOnlyDictionary<string, string> variables, params IEnumerable<string> arguments) => EndAsync(Start(folder, variables, arguments));

    /// <summary>Whether <see cref="RunMountedAsync"/> works here.</summary>
    public static async Task<bool> CanMountAsync() =>
        OperatingSystem.IsLinux() && File.Exists("/usr/bin/unshare") && (await RunMountedAsync(Path.GetTempPath(), new Dictionary<string, string>(), "mount -t tmpfs none /mnt")).ExitCode == 0;

    /// <summary>Runs a shell script that may mount what it likes, as nobody else sees it; <c>$EXE</c> is the executable.</summary>
    public static Task<Result> RunMountedAsync(string folder, IReadOnlyDictionary<string, string> variables, string script)
    {
        var start = StartOf(folder, variables, []);
        start.Environment["EXE"] = start.FileName;
        start.FileName = "/usr/bin/unshare";
        foreach (var argument in new[] { "--map-root-user", "--mount", "sh", "-c", script })
            start.ArgumentList.Add(argument);
        return EndAsync(new PlanlaneProcess(start));
    }

    private static async Task<Result> EndAsync(PlanlaneProcess started)
    {
        using var process = started;
        var code = await process.EndAsync();
        return new Result(code, process.Out, process.Error);
    }

    /// <summary>Waits until a text has come on either stream.</summary>
    public async Task UntilAsync(string text)
    {
        while (!Out.Contains(text, StringComparison.Ordinal) && !Error.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited && _arrived.CurrentCount == 0, $"It ended before it said \"{text}\":\n{Out}\n{Error}");
            await _arrived.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static ProcessStartInfo StartOf(string folder, IReadOnlyDictionary<string, string> variables, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "planlane.exe" : "planlane"), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
            start.Environment.Remove(name);
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(folder, ".git", "no-settings");
        start.Environment["XDG_STATE_HOME"] = Path.Combine(folder, ".git", "no-state");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return start;
    }

    private void Take(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
        _arrived.Release();
    }

    private static bool IsForeign(string name) =>
        name.StartsWith("PLANLANE_", StringComparison.Ordinal) || name.StartsWith("ANTHROPIC_", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal) || name is "NO_COLOR" or "FORCE_COLOR" or "CI";

    /// <summary>What a command gave.</summary>
    internal sealed record Result(int ExitCode, string Out, string Error)
    {
        /// <summary>The lines of stdout, each a JSON object.</summary>
        public IReadOnlyList<JsonElement> Lines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
