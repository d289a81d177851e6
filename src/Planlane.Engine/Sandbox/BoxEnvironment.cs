using System.Globalization;
using Planlane.Workspaces;

namespace Planlane.Sandbox;

/// <summary>The environment of a boxed command: an allow-list of the host's variables, what makes tools behave, and what the command names itself.</summary>
/// <remarks>What looks like a secret (<see cref="SecretNames"/>) is passed only when the command's own variables name it.</remarks>
internal static class BoxEnvironment
{
    // Where tools are, how they speak, which certificates they trust. No agent sockets, no desktop, no cloud, no proxy.
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "PATH", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ",
        "NUGET_PACKAGES", "MSBUILD_EXE_PATH", "MSBuildSDKsPath",
        "JAVA_HOME", "JDK_HOME", "M2_HOME", "MAVEN_HOME", "MAVEN_OPTS", "GRADLE_HOME", "GRADLE_USER_HOME", "GRADLE_OPTS", "KOTLIN_HOME", "SCALA_HOME", "SBT_OPTS",
        "GOPATH", "GOROOT", "GOMODCACHE", "GOFLAGS", "GOPROXY", "GOSUMDB", "GOTOOLCHAIN", "CGO_ENABLED",
        "CARGO_HOME", "CARGO_BUILD_JOBS", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "RUSTFLAGS", "RUST_BACKTRACE",
        "NVM_DIR", "NVM_BIN", "FNM_DIR", "VOLTA_HOME", "PNPM_HOME", "BUN_INSTALL", "DENO_DIR", "COREPACK_HOME",
        "PYENV_ROOT", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX", "UV_CACHE_DIR", "PIP_CERT",
        "RBENV_ROOT", "GEM_HOME", "GEM_PATH", "BUNDLE_PATH", "ASDF_DIR", "ASDF_DATA_DIR", "SDKMAN_DIR", "COMPOSER_HOME",
        "CC", "CXX", "CFLAGS", "CXXFLAGS", "LDFLAGS", "LD_LIBRARY_PATH", "LIBRARY_PATH", "CPATH", "PKG_CONFIG_PATH", "CMAKE_PREFIX_PATH", "MAKEFLAGS",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "NIX_SSL_CERT_FILE",
    };

    private static readonly string[] Beginnings = ["LC_", "DOTNET_", "COMPlus_", "NODE_", "npm_config_"];

    // Through these the user reaches the network at all; of use only where it is open.
    private static readonly string[] Proxies = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy"];

    // Build servers would outlive the command, colours and questions help nobody.
    private static readonly Dictionary<string, string> Ours = new()
    {
        ["TERM"] = "dumb",
        ["SHELL"] = "/bin/sh",
        ["CI"] = "true",
        ["NO_COLOR"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
        ["DOTNET_NOLOGO"] = "1",
        ["UseSharedCompilation"] = "false",
        ["GIT_TERMINAL_PROMPT"] = "0",
    };

    /// <summary>The variables of a command.</summary>
    /// <param name="host">The host.</param>
    /// <param name="command">The command.</param>
    /// <param name="temp">The folder for temporary files, as the command sees it.</param>
    /// <param name="proxy">The port on the loopback where the proxy to named hosts is.</param>
    public static SortedDictionary<string, string> Of(BoxHost host, BoxedCommand command, string temp, int proxy = Linux.BoxListener.Port)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in host.Environment)
            if (IsPassed(name, command.Network) && !SecretNames.Matches(name, value))
                variables[name] = value;
        foreach (var (name, value) in Ours)
            variables[name] = value;
        variables["HOME"] = host.Home;
        variables["TMPDIR"] = temp;
        variables.TryAdd("PATH", "/usr/local/bin:/usr/bin:/bin");
        foreach (var variable in command.Variables)
            variables[variable.Name] = variable.Value;
        if (command.Network is NetworkAccess.Hosts)
            Lead(variables, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{proxy}"));
        return variables;
    }

    // No other way leads out, so other names of proxies would only lead nowhere.
    private static void Lead(SortedDictionary<string, string> variables, string proxy)
    {
        foreach (var name in variables.Keys.Where(name => name.StartsWith("npm_config_", StringComparison.OrdinalIgnoreCase) && name.Contains("proxy", StringComparison.OrdinalIgnoreCase)).ToList())
            variables.Remove(name);
        foreach (var name in Proxies)
            variables[name] = name.StartsWith("no", StringComparison.OrdinalIgnoreCase) ? "localhost,127.0.0.1,::1" : proxy;
        variables["NODE_USE_ENV_PROXY"] = "1";
    }

    private static bool IsPassed(string name, NetworkAccess network) =>
        Names.Contains(name) || Beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal)) || (network is NetworkAccess.Open && Proxies.Contains(name));
}
