using Planlane.Values;

namespace Planlane.Workspaces.Bases;

/// <summary>Which ignored files are kept from agents because they look like secrets. Tracked files never are: whoever has the repository has them.</summary>
public static class SecretFiles
{
    /// <summary>A file at the repository's root, in the syntax of <c>.gitignore</c>, that names ignored files to give to agents although they look like secrets.</summary>
    public const string IncludeFile = ".worktreeinclude";

    /// <summary>The patterns, in the syntax of <c>.gitignore</c>; letter case is ignored. This list is all there is.</summary>
    public static ValueList<string> Patterns { get; } =
    [
        // Environment files and their local variants.
        ".env*", "*.env",
        // Keys and certificates with keys.
        "*.pem", "*.key", "*.pfx", "*.p12", "*.pkcs12", "*.jks", "*.keystore", "*.kdbx", "*.ppk", "*.snk", "*.asc", "*.gpg",
        "id_rsa*", "id_dsa*", "id_ecdsa*", "id_ed25519*",
        // Logins of package registries, tools and clouds.
        ".npmrc", ".yarnrc.yml", ".pypirc", ".netrc", "_netrc", ".git-credentials", ".htpasswd", ".pgpass", ".my.cnf", ".dockercfg", ".boto", ".s3cfg", "auth.json",
        ".aws/", ".azure/", ".ssh/", ".gnupg/", ".kube/", ".docker/config.json", "kubeconfig*", "*.kubeconfig",
        // Neither credentials* nor bare names: compiled code and folders of that name are build state.
        "credentials.json", "credentials.y*ml", "credentials.ini", "credentials.toml", "credentials.xml", "credentials.csv", "credentials.properties", "*[-_.]credentials.json",
        "secrets.json", "secrets.y*ml", "secrets.ini", "secrets.toml", "secrets.xml", "secrets.properties", "*.secrets.json", "*.secret",
        "client_secret*.json", "service[-_]account*.json", "google-services.json", "GoogleService-Info.plist", "local.settings.json",
        // State with credentials in it.
        "*.tfstate", "*.tfstate.*", "*.tfvars", "*.tfvars.json", ".vault-token", "master.key", "*.ovpn", "*.mobileprovision",
    ];
}
