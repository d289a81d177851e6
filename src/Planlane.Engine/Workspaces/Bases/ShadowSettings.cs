using System.Text;
using Planlane.Git;
using Planlane.Values;

namespace Planlane.Workspaces.Bases;

/// <summary>What the shadow repository of a base says: settings of ours, and those of the user's rules without which git would see the same files otherwise.</summary>
/// <param name="Config">The text of its <c>config</c>.</param>
/// <param name="Exclude">The text of its <c>info/exclude</c>: the user's rules that lie in no file of the tree, and the repositories inside.</param>
/// <param name="Attributes">The text of its <c>info/attributes</c>.</param>
internal sealed record ShadowSettings(string Config, string Exclude, string Attributes)
{
    // How files of the work tree relate to those in the repository. Nothing here names a program.
    private static readonly ValueList<string> Carried =
        ["core.autocrlf", "core.eol", "core.symlinks", "core.ignorecase", "core.filemode", "core.precomposeunicode", "core.protectntfs", "core.protecthfs"];

    /// <summary>Reads them from the user's repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="nested">The repositories inside that are no submodules.</param>
    /// <param name="cancellationToken">Stops git.</param>
    public static async Task<ShadowSettings> ReadAsync(GitRepository repository, IEnumerable<string> nested, CancellationToken cancellationToken)
    {
        var listed = await repository.Cli.RunAsync(new GitCall("config", "-z", "--list"), cancellationToken).ConfigureAwait(false);
        var settings = listed.Records.Select(record => record.Split('\n', 2)).Where(pair => pair.Length == 2).GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => group.Last()[1]);
        var rules = await ExcludesAsync(repository, settings, cancellationToken).ConfigureAwait(false);
        return new ShadowSettings(
            ConfigOf(repository.ObjectFormat, settings),
            rules + string.Concat(nested.Select(path => $"/{Escaped(path)}/\n")),
            TextOf(Path.Combine(repository.CommonDir, "info", "attributes")));
    }

    private static string ConfigOf(string objectFormat, Dictionary<string, string> settings)
    {
        var config = new StringBuilder("[core]\n");
        config.Append("\trepositoryformatversion = ").Append(objectFormat == "sha1" ? 0 : 1).Append('\n');
        // The copy has the times of the user's files and not their inodes; links between copies change the times of inodes.
        config.Append("\tbare = false\n\tlogallrefupdates = false\n\ttrustctime = false\n\tcheckStat = minimal\n\tfsmonitor = false\n\tuntrackedCache = false\n\thooksPath = /dev/null\n");
        foreach (var name in Carried.Where(settings.ContainsKey))
            config.Append('\t').Append(name["core.".Length..]).Append(" = ").Append(Quoted(settings[name])).Append('\n');
        if (objectFormat != "sha1")
            config.Append("[extensions]\n\tobjectformat = ").Append(objectFormat).Append('\n');
        config.Append("[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n");
        foreach (var (name, url) in settings.Where(setting => setting.Key.StartsWith("remote.", StringComparison.Ordinal) && setting.Key.EndsWith(".url", StringComparison.Ordinal)).OrderBy(setting => setting.Key, StringComparer.Ordinal))
            config.Append("[remote ").Append(Quoted(name[7..^4])).Append("]\n\turl = ").Append(Quoted(WithoutLogin(url))).Append('\n');
        return config.ToString();
    }

    /// <summary>An address without the name and password in it; an address of the form <c>user@host:path</c> has no secret and is kept.</summary>
    internal static string WithoutLogin(string url) =>
        url.IndexOf("://", StringComparison.Ordinal) is var begin and > 0 && url.IndexOf('/', begin + 3) is var end && (end < 0 ? url : url[..end]).LastIndexOf('@') is var at && at > begin
            ? url[..(begin + 3)] + url[(at + 1)..]
            : url;

    private static async Task<string> ExcludesAsync(GitRepository repository, Dictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var global = settings.ContainsKey("core.excludesfile")
            ? await repository.Cli.TextAsync(new GitCall("config", "--type=path", "core.excludesFile"), cancellationToken).ConfigureAwait(false)
            : Path.Combine(Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } home ? home : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"), "git", "ignore");
        return TextOf(Path.Combine(repository.Root, global)) + TextOf(Path.Combine(repository.CommonDir, "info", "exclude"));
    }

    private static string TextOf(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).TrimEnd('\n') + "\n" : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A rule that git could not read either.
            return "";
        }
    }

    private static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private static string Escaped(string path) => string.Concat(path.Select(letter => letter is '*' or '?' or '[' or '\\' or '!' or '#' or ' ' ? $"\\{letter}" : letter.ToString()));
}
