using System.Diagnostics;

namespace Planlane.Support;

/// <summary>A terminal of tmux with a shell in it, on a server of its own.</summary>
internal sealed class RealTerminal : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _socket = Path.Combine(Directory.CreateTempSubdirectory("planlane-tmux-").FullName, "socket");

    private RealTerminal()
    {
    }

    /// <summary>Whether there is a tmux to try it with.</summary>
    public static bool IsThere { get; } = !OperatingSystem.IsWindows() && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "tmux")));

    /// <summary>Whether the cursor is shown.</summary>
    public bool IsCursorShown => Tmux("display-message", "-p", "#{cursor_flag}").Trim() == "1";

    /// <summary>The title that a program gave it.</summary>
    public string Title => Tmux("display-message", "-p", "#{pane_title}").Trim();

    /// <summary>The lines on the screen.</summary>
    public string Screen => Tmux("capture-pane", "-p");

    /// <summary>All lines, those that have scrolled away first; lines that the terminal wrapped are whole again.</summary>
    public string History => Tmux("capture-pane", "-p", "-J", "-S", "-");

    /// <summary>Starts a shell in a terminal.</summary>
    /// <param name="folder">The shell's folder.</param>
    /// <param name="columns">Columns of a line.</param>
    /// <param name="rows">Lines of the screen.</param>
    public static RealTerminal Start(string folder, int columns, int rows)
    {
        var terminal = new RealTerminal();
        terminal.Tmux("-f", "/dev/null", "-u", "new-session", "-d", "-x", $"{columns}", "-y", $"{rows}", "-c", folder, "env", "-u", "CI", "-u", "NO_COLOR", "-u", "LC_ALL", "-u", "PLANLANE_PROGRESS", "-u", "PLANLANE_ACCESSIBLE", "PS1=$ ", "sh", "-i");
        return terminal;
    }

    public void Resize(int columns, int rows) => Tmux("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    /// <summary>Presses keys, by tmux's names.</summary>
    public void Press(params string[] keys) => Tmux(["send-keys", .. keys]);

    /// <summary>Sends a signal to what the shell runs.</summary>
    public void Signal(string name)
    {
        using var process = Process.Start("pkill", [$"-{name}", "-P", Tmux("display-message", "-p", "#{pane_pid}").Trim()]);
        process.WaitForExit();
    }

    /// <summary>Types a line and ends it.</summary>
    public void Type(string line)
    {
        Tmux("send-keys", "-l", line);
        Press("Enter");
    }

    /// <summary>Waits until the screen is as wanted; what it shows then.</summary>
    public async Task<string> UntilAsync(Func<string, bool> wanted)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var screen = Screen;
            if (wanted(screen))
                return screen;
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"This is on the screen instead:\n{screen}");
            await Task.Delay(LookAgain, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the screen has a text.</summary>
    public Task<string> UntilAsync(string text) => UntilAsync(screen => screen.Contains(text, StringComparison.Ordinal));

    public void Dispose()
    {
        Tmux("kill-server");
        Directory.Delete(Path.GetDirectoryName(_socket)!, recursive: true);
    }

    private string Tmux(params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("tmux", ["-S", _socket, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
