using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Planlane.Runs;
using Planlane.Simulator.Ledgers;

namespace Planlane.Simulator;

/// <summary>A running Messages API on loopback that behaves like the vendor's, with a scripted model behind it.</summary>
/// <remarks>
/// Serves HTTP/1.1 without TLS on 127.0.0.1 only. Writes nothing to the console and takes no signals. Thread-safe. Disposing stops it; answers
/// that are being sent are cut off.
/// </remarks>
public sealed class SimulatorServer : IAsyncDisposable
{
    private const long MaxRequestBytes = 32L * 1024 * 1024;
    private readonly KestrelServer _server;
    private readonly CallLog _log;

    private readonly SimulatorApplication _application;
    private readonly SimulatorOptions _options;

    private SimulatorServer(KestrelServer server, CallLog log, SimulatorApplication application, SimulatorOptions options)
    {
        _server = server;
        _log = log;
        _application = application;
        _options = options;
        Address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>The base address, such as <c>http://127.0.0.1:5000/</c>.</summary>
    public Uri Address { get; }

    /// <summary>What was asked of <c>POST /v1/messages</c> and answered up to now, in the order of arrival; a copy.</summary>
    public IReadOnlyList<SimulatedCall> Calls => _log.Snapshot();

    /// <summary>What these calls used and cost, by <see cref="SimulatorOptions.Prices"/>.</summary>
    public Ledger Ledger => Ledger.Of(Calls, _options.Prices);

    /// <summary>Starts a server.</summary>
    /// <exception cref="PlanlaneException">The port is taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not positive.</exception>
    public static async Task<SimulatorServer> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        if (!(options.Speed > 0))
            throw new ArgumentOutOfRangeException(nameof(options), options.Speed, "The speed of a simulator is positive.");

        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        kestrel.Listen(IPAddress.Loopback, options.Port);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(kestrel), transport, NullLoggerFactory.Instance);
        var log = new CallLog();
        var application = new SimulatorApplication(options, log);
        try
        {
            await server.StartAsync(application, cancellationToken);
            return new SimulatorServer(server, log, application, options);
        }
        catch (IOException fault)
        {
            application.Dispose();
            server.Dispose();
            throw new PlanlaneException(FaultKind.Failed, $"The simulator cannot listen on port {options.Port}: {fault.Message}", "Choose another port, or 0 for any free one.", fault);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // A cancelled token makes the server abort what is still open instead of waiting for clients that keep connections alive.
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        _application.Dispose();
    }
}
