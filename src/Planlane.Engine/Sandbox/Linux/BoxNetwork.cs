using System.Net.Sockets;
using Planlane.Sandbox.Network;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Sandbox.Linux;

/// <summary>The network of one command that may reach named hosts alone: a network of its own, and a proxy of ours outside that answers in it.</summary>
internal sealed class BoxNetwork : IAsyncDisposable
{
    private const string Door = "network";
    private const int OnlyPath = 0x200000 | 0x80000; // O_PATH | O_CLOEXEC

    private readonly ValueList<HostPattern> _allowed;
    private readonly TimeProvider _time;
    private readonly int _folder;
    private readonly Socket _door = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task<HostProxy?> _opening;
    private bool _isClosed;

    private BoxNetwork(BoxedCommand command, string folder, TimeProvider time)
    {
        (_allowed, _time) = (HostProxy.PatternsOf(command.Hosts), time);
        // The path of a Unix socket is cut off after 107 bytes; a temporary folder may lie deeper.
        _folder = Libc.Open(folder, OnlyPath, 0);
        try
        {
            _door.Bind(new UnixDomainSocketEndPoint($"/proc/self/fd/{_folder}/{Door}"));
            _door.Listen(1);
        }
        catch
        {
            _door.Dispose();
            Libc.Close(_folder);
            throw;
        }

        _opening = OpenAsync();
    }

    /// <summary>Awaits the box's listening socket; null for a command with another network.</summary>
    /// <param name="command">The command.</param>
    /// <param name="folder">A private folder of the box, which the command does not see.</param>
    /// <param name="time">Limits connections.</param>
    public static BoxNetwork? For(BoxedCommand command, string folder, TimeProvider time) => command.Network is NetworkAccess.Hosts ? new BoxNetwork(command, folder, time) : null;

    /// <summary>The words before those that make the box: they make the network, have the listening socket made in it and handed out, and become the box. None for a command with another network.</summary>
    /// <param name="command">The command.</param>
    /// <param name="tools">The programs; <see cref="BoxTools.Unshare"/> must be there.</param>
    /// <param name="host">Names the program that calls <see cref="BoxListener.Hand"/>.</param>
    /// <param name="folder">The box's folder.</param>
    public static IReadOnlyList<string> WordsBefore(BoxedCommand command, BoxTools tools, BoxHost host, string folder) => command.Network is NetworkAccess.Hosts
        ? [tools.Unshare!, "--user", "--map-root-user", "--net", "--", BoxTools.Shell, "-c", ScriptOf(host.NetworkProgram!), "planlane", folder]
        : [];

    /// <summary>Ends all connections and adds to what came of the command which hosts it was refused.</summary>
    public async Task<BoxResult> EndAsync(BoxResult result)
    {
        await DisposeAsync().ConfigureAwait(false);
        var proxy = await _opening.ConfigureAwait(false);
        return result with { Output = RefusedHosts.AddTo(result.Output, proxy?.Refused) };
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        // Its end removes the file by its path, so the folder is let go of after it.
        _door.Dispose();
        if (await _opening.ConfigureAwait(false) is { } proxy)
            await proxy.DisposeAsync().ConfigureAwait(false);
        Libc.Close(_folder);
    }

    private async Task<HostProxy?> OpenAsync()
    {
        try
        {
            using var inside = await _door.AcceptAsync().ConfigureAwait(false);
            // Returns when the message is there.
            await inside.ReceiveAsync(new byte[1], SocketFlags.Peek).ConfigureAwait(false);
            return new HostProxy(SocketPassing.Receive(inside), _allowed, _time);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // The box was not made; its output says why.
            return null;
        }
    }

    private static string ScriptOf(IEnumerable<string> program) => $$"""
        cd "$1" && DOTNET_EnableDiagnostics=0 DOTNET_TieredPGO=0 {{string.Join(' ', program.Select(Quoted))}} {{Door}} || { echo "planlane: the network of the command could not be made"; exit 125; }
        shift
        cd /
        exec "$@"
        """;

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
