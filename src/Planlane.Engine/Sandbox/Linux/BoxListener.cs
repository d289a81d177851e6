using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Planlane.Sandbox.Linux;

/// <summary>What our own program does inside a new network before a command starts in it: it brings the loopback up, listens there, and hands the listening socket out.</summary>
/// <remarks>
/// A socket belongs to the network in which it was made, whoever holds it. So the proxy outside accepts the command's connections itself: nothing of ours runs in the box,
/// and no path leads out of it but this socket.
/// </remarks>
public static unsafe partial class BoxListener
{
    /// <summary>Where the proxy is found inside a box: above the ports that the kernel gives out by itself.</summary>
    public const int Port = 61080;

    private const int Backlog = 128;
    private const uint GetFlags = 0x8913; // SIOCGIFFLAGS
    private const uint SetFlags = 0x8914; // SIOCSIFFLAGS
    private const short IsUp = 1; // IFF_UP

    /// <summary>Does it.</summary>
    /// <param name="door">The Unix socket at which the listening socket is awaited; a short path, or one relative to the working folder.</param>
    /// <exception cref="IOException">The kernel refused something.</exception>
    /// <exception cref="SocketException">The kernel refused something.</exception>
    public static void Hand(string door)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        BringUp(listener);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen(Backlog);
        using var outside = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        outside.Connect(new UnixDomainSocketEndPoint(door));
        SocketPassing.Send(outside, listener);
    }

    // struct ifreq: 16 bytes of name, then the flags. In a network of one's own the loopback is down at first; in any other one is not allowed to do this.
    private static void BringUp(Socket any)
    {
        var request = stackalloc byte[40];
        new Span<byte>(request, 40).Clear();
        "lo"u8.CopyTo(new Span<byte>(request, 16));
        var flags = (short*)(request + 16);
        if (Control((int)any.Handle, GetFlags, request) != 0)
            throw new IOException($"The loopback was not found (error {Marshal.GetLastPInvokeError()}).");
        *flags |= IsUp;
        if (Control((int)any.Handle, SetFlags, request) != 0)
            throw new IOException($"The loopback could not be brought up (error {Marshal.GetLastPInvokeError()}).");
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int file, nuint request, byte* argument);
}
