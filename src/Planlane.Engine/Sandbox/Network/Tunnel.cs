using System.Net.Sockets;

namespace Planlane.Sandbox.Network;

/// <summary>Carries bytes both ways between two connections until both directions have ended, or nothing has moved for long.</summary>
/// <param name="idle">How long nothing may move.</param>
/// <param name="time">Measures that.</param>
internal sealed class Tunnel(TimeSpan idle, TimeProvider time)
{
    /// <summary>Carries them. Both sockets stay the caller's.</summary>
    public async Task CarryAsync(Socket client, Socket target, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(idle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        await Task.WhenAll(CopyAsync(client, target, timer, either.Token), CopyAsync(target, client, timer, either.Token)).ConfigureAwait(false);
    }

    private async Task CopyAsync(Socket from, Socket to, CancellationTokenSource timer, CancellationToken cancellationToken)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                timer.CancelAfter(idle);
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), cancellationToken).ConfigureAwait(false);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone: the other direction has nobody to talk to either.
            from.Close();
            to.Close();
        }
    }
}
