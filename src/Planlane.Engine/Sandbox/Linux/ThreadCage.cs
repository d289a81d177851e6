using System.Runtime.InteropServices;

namespace Planlane.Sandbox.Linux;

/// <summary>Takes rights away from the calling thread, and so from all processes that it starts; the other threads keep theirs.</summary>
internal static class ThreadCage
{
    private const int NoNewPrivileges = 38;
    private const int DropFromBound = 24;
    private const int Seccomp = 22;
    private const int FilterMode = 2;
    private const int LastCapability = 63;

    private static int SetCapabilities => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 91 : 126;

    /// <summary>Takes them away; there is no way back, so the thread must be one that ends with its process.</summary>
    /// <exception cref="IOException">The kernel did not; the thread must start nothing.</exception>
    public static void Enter(LandlockRules rules, byte[] filter)
    {
        Must(Libc.ProcessControl(NoNewPrivileges, 1, 0, 0, 0), "new privileges");
        DropCapabilities();
        rules.Enter();
        var program = Marshal.AllocHGlobal(filter.Length);
        var header = Marshal.AllocHGlobal(16);
        try
        {
            // struct sock_fprog: the number of instructions of 8 bytes, and at the next pointer's place where they are.
            Marshal.Copy(filter, 0, program, filter.Length);
            Marshal.WriteInt64(header, filter.Length / 8);
            Marshal.WriteIntPtr(header, 8, program);
            Must(Libc.ProcessControl(Seccomp, FilterMode, (nuint)header, 0, 0), "system calls");
        }
        finally
        {
            Marshal.FreeHGlobal(header);
            Marshal.FreeHGlobal(program);
        }
    }

    // Root without capabilities is an owner of files and nothing more. The bound goes first, as what is in it comes back when root starts a program.
    private static void DropCapabilities()
    {
        for (nuint capability = 0; capability <= LastCapability; capability++)
            Libc.ProcessControl(DropFromBound, capability, 0, 0, 0);
        var header = Marshal.AllocHGlobal(32);
        try
        {
            for (var at = 0; at < 32; at += 8)
                Marshal.WriteInt64(header, at, 0);
            Marshal.WriteInt32(header, 0x20080522); // _LINUX_CAPABILITY_VERSION_3
            Must((int)Libc.SystemCall(SetCapabilities, header, header + 8, 0, 0), "capabilities");
        }
        finally
        {
            Marshal.FreeHGlobal(header);
        }
    }

    private static void Must(int answer, string what)
    {
        if (answer != 0)
            throw new IOException($"The thread could not give up {what} (error {Marshal.GetLastPInvokeError()}).");
    }
}
