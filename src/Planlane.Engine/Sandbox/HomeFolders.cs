namespace Planlane.Sandbox;

/// <summary>What of the home folder a command may see: package caches and tools, never the settings beside them.</summary>
internal static class HomeFolders
{
    // Each without the settings and credentials of its tool, which lie beside it.
    private static readonly string[] Caches =
    [
        ".nuget/packages", ".local/share/NuGet/v3-cache", ".npm/_cacache", ".cache/node/corepack", ".local/share/pnpm/store", ".cache/pnpm", ".cache/yarn", ".yarn/berry/cache", ".yarn/cache", ".bun/install/cache", ".cache/deno",
        ".cache/ms-playwright", ".cache/Cypress", ".cache/puppeteer", ".cargo/registry", ".cargo/git", ".m2/repository", ".m2/wrapper", ".gradle/caches", ".gradle/wrapper", ".ivy2/cache", ".cache/coursier", ".konan",
        "go/pkg/mod", ".cache/go-build", ".cache/pip", ".cache/uv", ".cache/pypoetry", ".cache/pre-commit", ".cache/huggingface/hub", ".composer/cache", ".cache/composer", ".bundle/cache", ".pub-cache/hosted", ".hex/packages", ".cache/bazel", ".ccache", ".cache/ccache", ".cache/sccache",
    ];

    // Variables that move a cache elsewhere.
    private static readonly (string Variable, string Below)[] MovedCaches =
        [("NUGET_PACKAGES", ""), ("GOMODCACHE", ""), ("GOPATH", "pkg/mod"), ("CARGO_HOME", "registry"), ("CARGO_HOME", "git"), ("GRADLE_USER_HOME", "caches"), ("GRADLE_USER_HOME", "wrapper"), ("npm_config_cache", "_cacache"), ("DENO_DIR", ""), ("UV_CACHE_DIR", "")];

    private static readonly string[] Tools =
    [
        ".dotnet", ".nvm", ".fnm", ".local/share/fnm", ".volta", ".nodenv", ".bun/bin", ".deno/bin", ".local/share/pnpm", ".pyenv", ".local/share/uv", ".local/pipx", ".local/share/pipx", ".local/bin", ".local/lib", ".rye/shims", ".rye/py", "miniconda3", "anaconda3", "miniforge3",
        ".cargo/bin", ".rustup", "go/bin", ".goenv", "sdk", ".sdkman/candidates", ".jdks", ".jenv", ".rbenv", ".rvm", ".gem/ruby", ".asdf", ".local/share/mise", ".ghcup/bin", ".ghcup/ghc", ".juliaup", ".opam", ".swiftly", ".phpenv",
    ];

    // A folder of these has more in it than the tools that PATH finds there.
    private static readonly string[] Mixed = [".", ".local", ".cargo", ".config", ".gem", ".cache", ".bun", ".deno", ".m2", ".gradle", ".npm", "go", ".rye", ".ghcup", ".sdkman"];

    /// <summary>Package caches that are there: copy-on-write where the sandbox can, else read-only.</summary>
    public static IReadOnlyList<string> CachesOf(BoxHost host) =>
        [.. Caches.Select(path => Path.Combine(host.Home, path)).Concat(Moved(host)).Where(Directory.Exists).Distinct().Where(path => PathOrder.IsAtOrBelow(path, host.Home))];

    /// <summary>Tools that are there, below the home folder: read-only.</summary>
    public static IReadOnlyList<string> ToolsOf(BoxHost host) =>
        [.. Tools.Select(path => Path.Combine(host.Home, path)).Concat(OnPath(host)).Concat(Settings(host)).Where(Path.Exists).Distinct()];

    private static IEnumerable<string> Moved(BoxHost host) => MovedCaches
        .Where(moved => host.Environment.GetValueOrDefault(moved.Variable, "").StartsWith('/'))
        .Select(moved => Path.Combine(host.Environment[moved.Variable], moved.Below).TrimEnd('/'));

    // What ~/tools/foo/bin needs lies in ~/tools/foo.
    private static IEnumerable<string> OnPath(BoxHost host) =>
        from entry in host.Environment.GetValueOrDefault("PATH", "").Split(':').Append(host.Environment.GetValueOrDefault("DOTNET_ROOT", "")).Append(host.Environment.GetValueOrDefault("JAVA_HOME", ""))
        let folder = entry.TrimEnd('/')
        where folder != host.Home && PathOrder.IsAtOrBelow(folder, host.Home)
        let parent = Path.GetDirectoryName(folder)!
        select Path.GetFileName(folder) is "bin" && !Mixed.Contains(Path.GetRelativePath(host.Home, parent)) ? parent : folder;

    // Package sources decide whether a restore has anything to do; without credentials in it the file may be seen.
    private static IEnumerable<string> Settings(BoxHost host) =>
        new[] { ".nuget/NuGet/NuGet.Config", ".config/NuGet/NuGet.Config" }.Select(path => Path.Combine(host.Home, path)).Where(path => File.Exists(path) && IsHarmless(path));

    private static bool IsHarmless(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            return !new[] { "packageSourceCredentials", "apikeys", "ClearTextPassword", "clientCertificates", "proxy" }.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
