using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Planlane.Git;

namespace Planlane.Cli.Output;

/// <summary>The program that the user reads long texts with, found as git finds it: <c>GIT_PAGER</c>, <c>core.pager</c>, <c>PAGER</c>, else <c>less</c>. So <c>delta</c> shows our diffs where it shows git's.</summary>
/// <remarks>A setting in the repository's own file is not asked: who clones a repository should not run its programs by looking at a diff.</remarks>
/// <param name="command">The command, as the shell reads it; null when texts are written without one.</param>
/// <param name="variable">Looks up variables.</param>
internal sealed class Pager(string? command, Func<string, string?> variable)
{
    /// <summary>No pager: texts are written as they are.</summary>
    public static Pager None { get; } = new(null, _ => null);

    /// <summary>Whether there is one.</summary>
    public bool IsThere => command is not null;

    /// <summary>The user's pager.</summary>
    public static async Task<Pager> FindAsync(Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var found = variable("GIT_PAGER") ?? await SettingAsync(cancellationToken).ConfigureAwait(false) ?? variable("PAGER") ?? (OperatingSystem.IsWindows() ? "" : "less");
        return found.Trim() is "" or "cat" ? None : new Pager(found.Trim(), variable);
    }

    /// <summary>Shows a text until the user closes the pager; false when it cannot be started.</summary>
    /// <param name="text">The text, with the colours that it should have.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<bool> ShowAsync(string text, CancellationToken cancellationToken)
    {
        if (command is null)
            return false;
        try
        {
            using var process = Process.Start(Start(command))!;
            try
            {
                await process.StandardInput.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // Who has seen enough closes the pager before the end.
            }

            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            // What the shell says of a command that is not there.
            return process.ExitCode is not (126 or 127);
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    // Questions and what they are about stand on stderr; results on stdout may go into a file.
    private ProcessStartInfo Start(string pager)
    {
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", $"/c \"{pager} 1>&2\"") : new ProcessStartInfo("/bin/sh", ["-c", $"({pager}) 1>&2"]);
        start.RedirectStandardInput = true;
        start.StandardInputEncoding = new UTF8Encoding(false);
        foreach (var (name, value) in new[] { ("LESS", "FRX"), ("LV", "-c") })
            if (variable(name) is null)
                start.Environment[name] = value;
        return start;
    }

    private static async Task<string?> SettingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var git = new GitCli(Environment.CurrentDirectory);
            foreach (var scope in new[] { "--global", "--system" })
                foreach (var name in new[] { "pager.diff", "core.pager" })
                    if (await git.RunAsync(new GitCall("config", scope, "--includes", "--get", name) { Accepted = [0, 1, 128] }, cancellationToken).ConfigureAwait(false) is { ExitCode: 0, Text: { Length: > 0 } value }
                        && value is not ("true" or "false"))
                        return value;
        }
        catch (GitException)
        {
            // Without git there is no setting of it.
        }

        return null;
    }
}
