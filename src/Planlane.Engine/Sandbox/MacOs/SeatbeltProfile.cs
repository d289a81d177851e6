using System.Globalization;
using System.Text;
using Planlane.Workspaces;

namespace Planlane.Sandbox.MacOs;

/// <summary>Writes the profile for <c>sandbox-exec</c>: what comes later in it wins.</summary>
internal static class SeatbeltProfile
{
    /// <summary>The profile of a command.</summary>
    /// <param name="host">The user.</param>
    /// <param name="command">The command; its paths without symlinks.</param>
    /// <param name="proxy">The port of the proxy to named hosts, on this machine; null when there is none.</param>
    public static string Of(BoxHost host, BoxedCommand command, int? proxy = null)
    {
        var text = new StringBuilder("(version 1)\n(allow default)\n(deny file-write*)\n");
        text.Append("(allow file-write* (literal \"/dev/null\") (literal \"/dev/zero\") (regex #\"^/dev/fd/\"))\n");
        Say(text, "deny", "file-read*", [.. HiddenPaths.HomesWith(host.Home), .. host.Temporary == "/" ? [] : new[] { Linux.PhysicalPath.Of(host.Temporary) }]);
        Say(text, "allow", "file-read*", [.. HomeFolders.ToolsOf(host), .. HomeFolders.CachesOf(host), .. command.Readable]);
        Say(text, "allow", "file-read* file-write*", [command.Folder, command.TempFolder]);
        Say(text, "deny", "file-read* file-write*", [.. HiddenPaths.OfSystem(), .. HiddenPaths.InHome(host.Home), .. command.Hidden]);
        // Programs look at each folder above them on their way.
        text.Append("(allow file-read-metadata)\n");
        text.Append("(deny mach-lookup (global-name \"com.apple.SecurityServer\") (global-name \"com.apple.securityd.xpc\") (global-name \"com.apple.pasteboard.1\"))\n");
        text.Append("(deny signal)\n(allow signal (target same-sandbox))\n");
        if (command.Network is not NetworkAccess.Open)
            text.Append("(deny network*)\n");
        if (proxy is { } port)
            text.Append(CultureInfo.InvariantCulture, $"(allow network-outbound (remote ip \"localhost:{port}\"))\n");
        return text.ToString();
    }

    private static void Say(StringBuilder text, string verb, string what, IReadOnlyList<string> paths)
    {
        if (paths.Count > 0)
            text.Append('(').Append(verb).Append(' ').Append(what).AppendJoin("", paths.Select(path => $"\n  (subpath {Quoted(path)})")).Append(")\n");
    }

    private static string Quoted(string path) => $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
