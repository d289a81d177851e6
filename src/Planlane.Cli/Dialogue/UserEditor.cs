using System.ComponentModel;
using System.Diagnostics;
using Planlane.Cli.Output;

namespace Planlane.Cli.Dialogue;

/// <summary>The editor that the user set: <c>VISUAL</c>, else <c>EDITOR</c>, else <c>vi</c>.</summary>
/// <param name="screen">Where problems are told.</param>
/// <param name="variable">Looks up the variables.</param>
internal sealed class UserEditor(Screen screen, Func<string, string?> variable)
{
    /// <summary>Opens a file and waits until the editor is closed; false, with a line that says why, when nothing is to be taken from it.</summary>
    public async Task<bool> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var editor = new[] { "VISUAL", "EDITOR" }.Select(variable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value))
            ?? (OperatingSystem.IsWindows() ? "notepad" : "vi");
        try
        {
            using var process = Process.Start(StartOf(editor, path))!;
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (process.ExitCode == 0)
                return true;
            screen.Line(Ink.Alert($"The editor '{editor}' ended with exit code {process.ExitCode}; nothing is taken from it."));
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            screen.Line(Ink.Alert($"The editor '{editor}' cannot be started: {exception.Message} Set EDITOR to one that can."));
        }

        return false;
    }

    // An editor's setting may hold arguments, and is by custom read by the shell.
    private static ProcessStartInfo StartOf(string editor, string path) => OperatingSystem.IsWindows()
        ? new ProcessStartInfo("cmd.exe", $"/c \"{editor} \"{path}\"\"")
        : new ProcessStartInfo("/bin/sh", ["-c", $"{editor} \"$1\"", "sh", path]);
}
