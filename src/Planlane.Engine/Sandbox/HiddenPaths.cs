namespace Planlane.Sandbox;

/// <summary>Files and folders that no command may read. The one list: sandboxes and their tests read it here.</summary>
/// <remarks>
/// Of the home folder nothing is shown but what <see cref="HomeFolders"/> names, so that <see cref="InHome"/> matters only where such a folder, or the workspace itself,
/// holds one of them.
/// </remarks>
internal static class HiddenPaths
{
    // What only the system's administrator may read, and what leads to other machines and containers.
    private static readonly string[] System =
    [
        "/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/sudoers", "/etc/sudoers.d", "/etc/security/opasswd", "/etc/krb5.keytab",
        "/etc/ssl/private", "/etc/pki/tls/private", "/etc/letsencrypt", "/etc/wireguard", "/etc/openvpn", "/etc/ipsec.secrets", "/etc/NetworkManager/system-connections",
        "/etc/docker", "/etc/kubernetes", "/etc/rancher", "/etc/boto.cfg", "/etc/msmtprc",
        "/var/lib/docker", "/var/lib/containerd", "/var/lib/containers", "/var/lib/kubelet", "/var/lib/private", "/var/lib/sss", "/var/lib/NetworkManager", "/var/lib/cloud",
        "/var/backups", "/var/spool/cron", "/var/spool/mail", "/var/mail", "/var/log", "/var/run/docker.sock", "/var/run/secrets", "/lost+found",
    ];

    private static readonly string[] Home =
    [
        ".ssh", ".gnupg", ".aws", ".azure", ".config/gcloud", ".kube", ".docker", ".config/containers", ".config/gh", ".config/glab-cli", ".config/hub", ".config/op", ".config/planlane",
        ".netrc", ".git-credentials", ".config/git/credentials", ".npmrc", ".yarnrc", ".yarnrc.yml", ".pypirc", ".config/pip", ".pip", ".gem/credentials", ".bundle/config",
        ".cargo/credentials", ".cargo/credentials.toml", ".m2/settings.xml", ".m2/settings-security.xml", ".gradle/gradle.properties", ".gradle/init.gradle", ".gradle/init.d",
        ".dotnet/corefx", ".microsoft/usersecrets", ".aspnet", ".nuget/plugins", ".terraform.d", ".terraformrc", ".vault-token", ".databricks", ".snowflake", ".oci", ".config/doctl",
        ".claude", ".claude.json", ".codex", ".gemini", ".config/anthropic", ".anthropic", ".openai", ".pgpass", ".my.cnf", ".password-store", ".local/share/keyrings", ".pki", ".pub-cache/credentials.json",
        ".mozilla", ".config/google-chrome", ".config/chromium", ".thunderbird", ".bash_history", ".zsh_history", ".python_history", ".node_repl_history", ".psql_history",
    ];

    // Other users' homes are closed to an ordinary user already, but not to root.
    private static readonly string[] Homes = ["/home", "/root", "/Users"];

    /// <summary>Folders of users: empty in a box. The home folder itself is one of them or lies in one, or comes last.</summary>
    public static IReadOnlyList<string> HomesWith(string home) => Homes.Any(root => PathOrder.IsAtOrBelow(home, root)) ? Homes : [.. Homes, home];

    /// <summary>Absolute paths of the system that are there.</summary>
    public static IEnumerable<string> OfSystem() => System.Concat(HostKeys()).Where(Path.Exists);

    /// <summary>Absolute paths in the home folder that are there.</summary>
    public static IEnumerable<string> InHome(string home) => Home.Select(path => Path.Combine(home, path)).Where(Path.Exists);

    private static IEnumerable<string> HostKeys() => Directory.Exists("/etc/ssh") ? Directory.EnumerateFiles("/etc/ssh", "ssh_host_*_key") : [];
}
