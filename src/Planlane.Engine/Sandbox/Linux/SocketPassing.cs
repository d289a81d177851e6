using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Planlane.Sandbox.Linux;

/// <summary>Hands a socket from one process to another through a Unix socket.</summary>
/// <remarks>
/// Layouts of <c>struct msghdr</c> and <c>struct cmsghdr</c>: those of 64-bit Linux, the same for glibc and musl on little-endian processors.
/// </remarks>
internal static unsafe partial class SocketPassing
{
    private const int HeaderBytes = 56;
    private const int ControlBytes = 24; // CMSG_SPACE(sizeof(int))
    private const int ControlLength = 20; // CMSG_LEN(sizeof(int))
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int Rights = 1; // SCM_RIGHTS
    private const int CloseAtExec = 0x40000000; // MSG_CMSG_CLOEXEC

    /// <summary>Sends a socket; the sender keeps its own handle.</summary>
    /// <exception cref="IOException">It could not be sent.</exception>
    public static void Send(Socket through, Socket handed)
    {
        byte letter = (byte)'s';
        var control = stackalloc byte[ControlBytes];
        var words = new Span<byte>(control, ControlBytes);
        words.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(words, ControlLength);
        BinaryPrimitives.WriteInt32LittleEndian(words[8..], SocketLevel);
        BinaryPrimitives.WriteInt32LittleEndian(words[12..], Rights);
        BinaryPrimitives.WriteInt32LittleEndian(words[16..], (int)handed.Handle);
        var vector = stackalloc nint[] { (nint)(&letter), 1 };
        var header = stackalloc nint[HeaderBytes / 8];
        Fill(header, vector, control);
        if (SendMessage((int)through.Handle, header, 0) != 1)
            throw new IOException($"The socket could not be handed over (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <summary>Takes the socket that the other side sends; it must have sent it already, or this waits in the kernel.</summary>
    /// <exception cref="IOException">None came.</exception>
    public static Socket Receive(Socket through)
    {
        byte letter = 0;
        var control = stackalloc byte[ControlBytes];
        var words = new Span<byte>(control, ControlBytes);
        words.Clear();
        var vector = stackalloc nint[] { (nint)(&letter), 1 };
        var header = stackalloc nint[HeaderBytes / 8];
        Fill(header, vector, control);
        if (ReceiveMessage((int)through.Handle, header, CloseAtExec) != 1
            || header[5] < ControlLength
            || BinaryPrimitives.ReadInt32LittleEndian(words[8..]) != SocketLevel
            || BinaryPrimitives.ReadInt32LittleEndian(words[12..]) != Rights)
            throw new IOException("No socket was handed over.");
        return new Socket(new SafeSocketHandle(BinaryPrimitives.ReadInt32LittleEndian(words[16..]), ownsHandle: true));
    }

    // Name and its length, vector and its count, control and its length, flags.
    private static void Fill(nint* header, nint* vector, byte* control)
    {
        new Span<nint>(header, HeaderBytes / 8).Clear();
        (header[2], header[3], header[4], header[5]) = ((nint)vector, 1, (nint)control, ControlBytes);
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(int socket, nint* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(int socket, nint* message, int flags);
}
