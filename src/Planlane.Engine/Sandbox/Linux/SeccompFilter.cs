using System.Buffers.Binary;

namespace Planlane.Sandbox.Linux;

/// <summary>Makes the seccomp filter of a box: a BPF program that the kernel asks before every system call.</summary>
/// <remarks>
/// It refuses with an error and never kills, so that programs that only try (<c>clone3</c>, <c>io_uring</c>) fall back to something older. 32-bit programs are
/// refused altogether: their calls have other numbers. Instructions and the layout of what a filter sees: the kernel's <c>linux/filter.h</c> and <c>linux/seccomp.h</c>.
/// </remarks>
internal sealed class SeccompFilter
{
    private const ushort Load = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private const ushort JumpIfEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort JumpIfAtLeast = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    private const ushort JumpIfAnyBit = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    private const ushort Return = 0x06; // BPF_RET | BPF_K

    private const uint Allow = 0x7FFF0000;
    private const uint Error = 0x00050000;
    private const uint NotPermitted = Error | 1;
    private const uint NoSuchCall = Error | 38;

    // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET; unshare knows NEWTIME as well, whose bit is a signal's in clone.
    private const uint NewNamespaces = 0x7E020000;
    private const uint NewTime = 0x00000080;
    private const uint PushLetter = 0x5412; // TIOCSTI
    private const uint Console = 0x541C; // TIOCLINUX
    private const uint X32Calls = 0x40000000;

    private const uint NumberAt = 0;
    private const uint ArchitectureAt = 4;
    private const uint FirstArgumentAt = 16;
    private const uint SecondArgumentAt = 24;

    private readonly List<byte> _bytes = [];

    private SeccompFilter()
    {
    }

    /// <summary>The program's bytes.</summary>
    /// <param name="calls">The numbers of the machine.</param>
    /// <param name="refuseSockets">Whether sockets of every family are refused; for boxes without a network namespace. Pairs of sockets stay: they lead nowhere else.</param>
    public static byte[] Of(Syscalls calls, bool refuseSockets)
    {
        var filter = new SeccompFilter();
        filter.Add(Load, ArchitectureAt);
        filter.Unless(JumpIfEqual, calls.AuditArchitecture, NotPermitted);
        filter.Add(Load, NumberAt);
        filter.If(JumpIfAtLeast, X32Calls, NoSuchCall);
        filter.If(JumpIfEqual, Syscalls.Clone3, NoSuchCall);
        foreach (var number in calls.Refused)
            filter.If(JumpIfEqual, number, NotPermitted);
        filter.IfArgument(calls.NewProcess, FirstArgumentAt, (JumpIfAnyBit, NewNamespaces));
        filter.IfArgument(calls.Unshare, FirstArgumentAt, (JumpIfAnyBit, NewNamespaces | NewTime));
        filter.IfArgument(calls.Ioctl, SecondArgumentAt, (JumpIfEqual, PushLetter), (JumpIfEqual, Console));
        if (refuseSockets)
            filter.If(JumpIfEqual, calls.Socket, NotPermitted);
        filter.Add(Return, Allow);
        return [.. filter._bytes];
    }

    private void If(ushort test, uint value, uint answer)
    {
        Add(test, value, 0, 1);
        Add(Return, answer);
    }

    private void Unless(ushort test, uint value, uint answer)
    {
        Add(test, value, 1, 0);
        Add(Return, answer);
    }

    // The number is in the accumulator; what loads an argument ends with an answer, so that it stays there for the next test.
    private void IfArgument(uint call, uint at, params ReadOnlySpan<(ushort Test, uint Value)> tests)
    {
        Add(JumpIfEqual, call, 0, (byte)((2 * tests.Length) + 2));
        Add(Load, at);
        foreach (var (test, value) in tests)
            If(test, value, NotPermitted);
        Add(Return, Allow);
    }

    private void Add(ushort code, uint value, byte ifTrue = 0, byte ifFalse = 0)
    {
        Span<byte> instruction = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(instruction, code);
        instruction[2] = ifTrue;
        instruction[3] = ifFalse;
        BinaryPrimitives.WriteUInt32LittleEndian(instruction[4..], value);
        _bytes.AddRange(instruction);
    }
}
