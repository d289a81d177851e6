using System.Text.RegularExpressions;
using Planlane.Planning;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>Files whose change can open a door, by their paths alone.</summary>
public static partial class SensitivePaths
{
    private static readonly HashSet<string> AccessWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "auth", "authentication", "authenticator", "authorization", "authorize", "login", "signin", "session", "sessions", "jwt", "oauth", "oidc", "saml", "token", "tokens", "permission", "permissions",
        "role", "roles", "acl", "rbac", "policy", "policies", "cors", "csrf", "security",
    };

    private static readonly HashSet<string> SecretWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "crypto", "cryptography", "cipher", "encryption", "encrypt", "decrypt", "hash", "hashing", "hasher", "password", "passwords", "secret", "secrets", "credential", "credentials", "certificate",
        "signing", "signature", "keys", "keystore", "vault",
    };

    /// <summary>Why a file deserves a look for the sake of security, or null.</summary>
    public static string? ReasonOf(RepoPath path)
    {
        if (Automation().IsMatch(path.Value))
            return "runs in continuous integration";
        if (Image().IsMatch(path.Name))
            return "says what a container runs";
        if (Install().IsMatch(path.Value))
            return "runs when somebody installs, builds or opens the project";
        if (Guidance().IsMatch(path.Value))
            return "tells coding agents what to do";
        if (Secret().IsMatch(path.Name))
            return "may hold secrets";
        if (Deployment().IsMatch(path.Value))
            return "changes what is deployed";
        if (TestPaths.IsTest(path.Value) || Prose().IsMatch(path.Name))
            return null;
        var words = Words().Matches(path.Value).Select(match => match.Value).ToList();
        return words.Exists(AccessWords.Contains) ? "decides who may do what" : words.Exists(SecretWords.Contains) ? "deals with secrets or cryptography" : null;
    }

    [GeneratedRegex(@"^(?:\.github/(?:workflows|actions)/|\.gitlab-ci\.yml\z|\.circleci/|azure-pipelines|\.buildkite/|\.travis\.yml\z|bitbucket-pipelines\.yml\z|(?:.+/)?Jenkinsfile)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Automation();

    [GeneratedRegex(@"^(?:.*\.)?(?:Dockerfile|Containerfile)(?:\..+)?\z|^(?:docker-)?compose.*\.ya?ml\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Image();

    [GeneratedRegex(
        @"(?:^|/)(?:package\.json|setup\.py|pyproject\.toml|build\.rs|.+\.gemspec|(?:Directory\.Build|.+)\.targets|Directory\.Build\.props|Makefile|GNUmakefile|\.npmrc|\.yarnrc(?:\.yml)?|nuget\.config|\.envrc|\.pre-commit-config\.yaml|(?:pre|post)?install\.(?:sh|js|py|ps1))\z|(?:^|/)(?:\.husky|\.githooks|\.devcontainer|\.vscode|\.idea)/|(?:^|/)\.gitmodules\z|(?:^|/)\.gitattributes\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Install();

    [GeneratedRegex(@"(?:^|/)(?:AGENTS|CLAUDE|GEMINI)\.md\z|(?:^|/)\.(?:cursor|claude|planlane|cursorrules|mcp\.json)(?:/|\z)|^\.github/copilot-instructions\.md\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Guidance();

    [GeneratedRegex(@"^\.env(?:\..+)?\z|\.(?:pem|key|pfx|p12|jks|keystore|kdbx)\z|^id_(?:rsa|ed25519|ecdsa)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secret();

    [GeneratedRegex(@"\.(?:tf|tfvars|bicep)\z|(?:^|/)(?:k8s|kubernetes|helm|terraform|deploy(?:ment)?)/", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Deployment();

    [GeneratedRegex(@"\.(?:md|markdown|rst|adoc|txt)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prose();

    // The words of a path: what stands between separators, and the parts of a name in camel case.
    [GeneratedRegex(@"\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
