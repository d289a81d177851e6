using Planlane.Sandbox.Linux;

namespace Planlane.Sandbox;

/// <summary>A home folder with secrets, a work folder and a sandbox around it; nothing of the real home is touched.</summary>
public sealed class BoxFixture : IDisposable
{
    public const string Key = "stand-in-for-a-private-key";

    private static readonly SemaphoreSlim Gate = new(1, 1);
    private readonly Dictionary<string, ISandbox?> _sandboxes = [];

    public BoxFixture()
    {
        Root = Directory.CreateTempSubdirectory("planlane-box-tests-").FullName;
        Home = Folder("home");
        Work = Folder("work");
        Temp = Folder("temp");
        Write(".ssh/id_ed25519", Key);
        Write(".aws/credentials", Key);
        Write(".npmrc", Key);
        Write(".cargo/credentials.toml", Key);
        Write(".cargo/registry/index", "an index");
        Write(".nuget/packages/some/1.0.0/some.nuspec", "a package");
        Write("tools/bin/tool", "#!/bin/sh\necho a tool\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(Home, "tools/bin/tool"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        Host = new BoxHost(Home, new Dictionary<string, string>
        {
            ["PATH"] = $"{Home}/tools/bin:/usr/bin:/bin",
            ["LANG"] = "C.UTF-8",
            ["ANTHROPIC_API_KEY"] = Key,
            ["GITHUB_TOKEN"] = Key,
            ["SSH_AUTH_SOCK"] = "/run/agent",
            ["GOPROXY"] = "https://me:password@proxy.example/",
        });
    }

    public string Root { get; }

    public string Home { get; }

    public string Work { get; }

    public string Temp { get; }

    internal BoxHost Host { get; }

    /// <summary>The sandbox of a kind; the test is skipped where the machine has none.</summary>
    public async Task<ISandbox> SandboxAsync(string kind)
    {
        await Gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_sandboxes.TryGetValue(kind, out var sandbox))
                _sandboxes[kind] = sandbox = kind switch
                {
                    "bubblewrap" => (await BubblewrapSandbox.FindAsync(TimeProvider.System, Host)).Sandbox,
                    "landlock" => await LandlockSandbox.FindAsync(TimeProvider.System, Host),
                    _ => throw new ArgumentOutOfRangeException(nameof(kind)),
                };
            Assert.SkipWhen(sandbox is null, $"There is no {kind} on this machine.");
            return sandbox!;
        }
        finally
        {
            Gate.Release();
        }
    }

    public BoxedCommand Command(string text) => new(text, Work, Temp, TimeSpan.FromSeconds(30));

    public async Task<BoxResult> RunAsync(string kind, string text, Func<BoxedCommand, BoxedCommand>? change = null)
    {
        var sandbox = await SandboxAsync(kind);
        return await sandbox.RunAsync((change ?? (command => command))(Command(text)), TestContext.Current.CancellationToken);
    }

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Write(string path, string text)
    {
        var file = Path.Combine(Home, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
