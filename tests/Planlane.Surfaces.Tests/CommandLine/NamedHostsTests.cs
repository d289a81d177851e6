using System.Net;
using System.Net.Sockets;
using System.Text;
using Planlane.Cli.Commands;
using Planlane.Reports;
using Planlane.Sandbox;
using Planlane.Sandbox.Linux;
using Planlane.Support;
using Planlane.Workspaces;

namespace Planlane.CommandLine;

/// <summary>Commands in the real sandbox, with the built program that opens their network for named hosts alone.</summary>
/// <remarks>The server is on another address of the loopback than 127.0.0.1, which programs ask for without the proxy.</remarks>
public sealed class NamedHostsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("planlane-named-hosts-").FullName;
    private readonly PlainServer _server = new();

    [Fact]
    public async Task Command_AllowedHost_IsReachedAndAnotherIsRefusedAndNamed()
    {
        var result = await RunAsync($"""
            curl -sS http://{_server.Host}/a; echo
            curl -s -o /dev/null -w '%{@"{http_code}"}\n' http://evil.example/
            curl -s -o /dev/null -w '%{@"{http_connect}"}\n' https://evil.example/ || echo refused
            echo last
            exit 7
            """, _server.Host);

        Assert.Equal((CommandEnd.Exited, 7), (result.End, result.ExitCode));
        Assert.Equal(
            """
            served /a
            403
            403
            refused
            last
            The sandbox refused evil.example:80: it is not in the list of allowed hosts.
            The sandbox refused evil.example:443: it is not in the list of allowed hosts.

            """,
            result.Output);
    }

    [Fact]
    public async Task Command_WithoutTheProxy_ReachesNothing()
    {
        var result = await RunAsync($$"""
            unset http_proxy HTTP_PROXY ALL_PROXY all_proxy
            curl -s --max-time 5 http://{{_server.Host}}/ || echo "curl $?"
            (: </dev/tcp/127.0.0.2/{{_server.Port}}) 2>/dev/null && echo reached
            (: </dev/udp/1.1.1.1/53) 2>/dev/null && echo reached
            getent hosts example.org && echo resolved
            cat /proc/net/dev | tail -n +3 | cut -d: -f1
            """, _server.Host);

        // Only the loopback is there.
        Assert.Equal("curl 7\n    lo\n", result.Output);
    }

    [Fact]
    public async Task Command_AddressThatIsNotInTheList_IsRefused()
    {
        var result = await RunAsync($"curl -sS http://{_server.Host}/", "example.org");

        Assert.Equal($"The sandbox refuses {_server.Host}: the address is not in the list of allowed hosts.\nThe sandbox refused {_server.Host}: the address is not in the list of allowed hosts.\n", result.Output);
    }

    [Fact]
    public async Task Command_OwnProxyVariables_LeadNowhereElse()
    {
        var result = await RunAsync("echo $HTTPS_PROXY $npm_config_proxy $no_proxy", command => command with { Hosts = ["example.org"], Variables = [new("HTTPS_PROXY", "http://10.0.0.1:1"), new("npm_config_proxy", "http://10.0.0.1:1")] });

        Assert.Equal($"http://127.0.0.1:{BoxListener.Port} localhost,127.0.0.1,::1\n", result.Output);
    }

    [Fact]
    public async Task Command_Box_ShowsNothingOfOurs()
    {
        var result = await RunAsync("ls -d /tmp/planlane-box-* 2>/dev/null; for process in /proc/[0-9]*; do readlink $process/exe | grep -e dotnet -e planlane; done; bwrap --ro-bind / / --unshare-net true 2>/dev/null && echo nested; ip link set lo down 2>/dev/null && echo down; true", "example.org");

        Assert.Equal((CommandEnd.Exited, ""), (result.End, result.Output));
    }

    [Fact]
    public async Task Command_OnLayers_HasTheHostsToo()
    {
        var sandbox = await SandboxAsync();
        Assert.SkipUnless(sandbox.Facts.CanOverlay, "No layers can be mounted here.");
        var target = Folder("target");

        var result = await RunAsync($"curl -sS http://{_server.Host}/b >got", command => command with
        {
            Folder = target,
            Hosts = [_server.Host],
            Mounts = [new BoxMount.Overlay(target, [Folder("lower")], Folder("upper"), Folder("kernel"))],
        });

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Equal("served /b", await File.ReadAllTextAsync(Path.Combine(_root, "upper/got"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Command_ManyAtOnce_EachHaveTheirOwnNetworkAndList()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => RunAsync($"curl -s -o /dev/null -w '%{@"{http_code}"}\n' http://{_server.Host}/", i % 2 == 0 ? _server.Host : "example.org")));

        Assert.Equal(["200", "403", "200", "403", "200", "403"], results.Select(result => result.Output.Split('\n')[0]));
    }

    [Fact]
    public async Task Command_ProgramThatOpensNothing_IsNotStarted()
    {
        var (sandbox, _) = await BubblewrapSandbox.FindAsync(TimeProvider.System, BoxHost.Current() with { NetworkProgram = ["/bin/false"] });
        Assert.SkipWhen(sandbox is null, "There is no bubblewrap on this machine.");

        var result = await sandbox.RunAsync(Command("echo started") with { Hosts = ["example.org"] }, TestContext.Current.CancellationToken);

        Assert.Equal((CommandEnd.NotStarted, "planlane: the network of the command could not be made\n"), (result.End, result.Output));
        Assert.Equal($"It was tried and did not work: {result.Output.Trim()}", await HostsTrial.LackAsync(sandbox, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Doctor_NamedHosts_AreTried()
    {
        await SandboxAsync();
        // Longer than the path of a Unix socket may be.
        var temp = Folder(string.Join('/', Enumerable.Repeat("a-deep-temporary-folder", 6)));

        var result = await PlanlaneProcess.RunAsync(_root, new Dictionary<string, string> { ["TMPDIR"] = temp }, "doctor");

        Assert.Contains("named hosts", result.Out, StringComparison.Ordinal);
        Assert.Contains("can be opened alone (--allow-host)", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SetupThatNeedsAHost_HasItWhenTheUserAllowsIt()
    {
        await SandboxAsync();
        await using var simulated = await SimulatedRepository.StartAsync();
        simulated.Repository.Write(".planlane/config.json", $$"""{ "workspace": { "setup": ["curl -fsS http://{{_server.Host}}/setup -o fetched.txt", "cat fetched.txt; exit 9"] } }""");

        var refused = await simulated.RunAsync(simulated.Request, "--auto-approve", "all", "--allow-host", "example.org");
        // The second command ends the run, before any agent works.
        var reached = await simulated.RunAsync(simulated.Request, "--auto-approve", "all", "--allow-host", _server.Host);

        Assert.Contains($"The sandbox refused {_server.Host}: the address is not in the list of allowed hosts.", refused.Error + refused.Out, StringComparison.Ordinal);
        Assert.Contains("served /setup", reached.Error + reached.Out, StringComparison.Ordinal);
        Assert.Contains($"bubblewrap, no network but {_server.Host}.", reached.Error + reached.Out, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private static async Task<ISandbox> SandboxAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/curl"), "It needs Linux and curl.");
        var (sandbox, lack) = await BubblewrapSandbox.FindAsync(TimeProvider.System, BoxNetworkCommand.Host());
        Assert.SkipWhen(sandbox is null, lack ?? "");
        return sandbox;
    }

    private Task<BoxResult> RunAsync(string text, params string[] hosts) => RunAsync(text, command => command with { Hosts = [.. hosts] });

    private async Task<BoxResult> RunAsync(string text, Func<BoxedCommand, BoxedCommand> change) =>
        await (await SandboxAsync()).RunAsync(change(Command(text)), TestContext.Current.CancellationToken);

    private BoxedCommand Command(string text) => new(text, Folder("work"), Folder("temp"), TimeSpan.FromSeconds(60)) { Network = NetworkAccess.Hosts };

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    private sealed class PlainServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Parse("127.0.0.2"), 0);

        public PlainServer()
        {
            _listener.Start();
            _ = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public string Host => _listener.LocalEndpoint.ToString()!;

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                    await AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
            {
                // It is over.
            }
        }

        private static async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII);
                var body = $"served {(await reader.ReadLineAsync())?.Split(' ')[1]}";
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
            }
        }
    }
}
