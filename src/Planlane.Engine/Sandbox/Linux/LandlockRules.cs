using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Planlane.Sandbox.Linux;

/// <summary>A set of Landlock rules: what a thread that takes them on, and all that it starts, may do with files, TCP ports, and processes outside.</summary>
/// <remarks>Numbers and layouts: the kernel's <c>linux/landlock.h</c>. What a kernel does not know yet is left out, and <see cref="Version"/> says how much that is.</remarks>
internal sealed class LandlockRules : IDisposable
{
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int RestrictSelf = 446;

    private const ulong Execute = 1 << 0;
    private const ulong WriteFile = 1 << 1;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadFolder = 1 << 3;
    private const ulong Remove = (1 << 4) | (1 << 5);
    private const ulong Devices = (1 << 6) | (1 << 11);
    private const ulong MakeFolder = 1 << 7;
    private const ulong MakeOther = (1 << 8) | (1 << 9) | (1 << 10) | (1 << 12);
    private const ulong Refer = 1 << 13;
    private const ulong Truncate = 1 << 14;
    private const ulong DeviceControl = 1 << 15;
    private const ulong OfFiles = Execute | WriteFile | ReadFile | Truncate | DeviceControl;
    private const int OnlyPath = 0x200000 | 0x80000; // O_PATH | O_CLOEXEC

    private readonly int _rules;
    private readonly ulong _handled;

    /// <summary>Makes an empty set: nothing is allowed.</summary>
    /// <param name="closeNetwork">Whether TCP is closed.</param>
    public LandlockRules(bool closeNetwork)
    {
        _handled = Execute | WriteFile | ReadFile | ReadFolder | Remove | Devices | MakeFolder | MakeOther
            | (Version >= 2 ? Refer : 0) | (Version >= 3 ? Truncate : 0) | (Version >= 5 ? DeviceControl : 0);
        Span<byte> attributes = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(attributes, _handled);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes[8..], closeNetwork && Version >= 4 ? 3u : 0);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes[16..], Scopes);
        _rules = (int)Call(CreateRuleset, attributes[..(Version >= 6 ? 24 : Version >= 4 ? 16 : 8)], 0);
        if (_rules < 0)
            throw new IOException($"Landlock rules could not be made (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <summary>The version of Landlock in this kernel; 0 where there is none.</summary>
    public static int Version { get; } = OperatingSystem.IsLinux() && Syscalls.Native is not null ? Math.Max(0, (int)Libc.SystemCall(CreateRuleset, 0, 0, 1, 0)) : 0;

    /// <summary>Whether signals to processes outside are refused. Kernels whose first form of it also refused them between threads of one process, which the runtime needs, are left without.</summary>
    public static bool HoldsSignals { get; } = Version >= 6 && (Libc.SystemCall(CreateRuleset, 0, 0, 2, 0) & 2) != 0;

    private static ulong Scopes => Version < 6 ? 0 : HoldsSignals ? 3u : 1u;

    /// <summary>Allows reading and running of what lies at and below a path.</summary>
    public void AllowReading(string path) => Allow(path, Execute | ReadFile | ReadFolder);

    /// <summary>Allows everything but making devices at and below a path.</summary>
    public void AllowWriting(string path) => Allow(path, _handled & ~Devices);

    /// <summary>Allows reading and writing of what is there, but no running.</summary>
    public void AllowUsing(string path) => Allow(path, (ReadFile | WriteFile | Truncate | DeviceControl) & _handled);

    /// <summary>Allows reading below a folder but for some paths, and listing all of it.</summary>
    public void AllowReadingBut(string path, IReadOnlyCollection<string> hidden)
    {
        if (hidden.Any(place => PathOrder.IsAtOrBelow(path, place)))
            return;
        if (!Directory.Exists(path) || !hidden.Any(place => PathOrder.IsAtOrBelow(place, path)))
        {
            AllowReading(path);
            return;
        }

        Allow(path, ReadFolder);
        foreach (var inner in Directory.EnumerateFileSystemEntries(path))
            AllowReadingBut(inner, hidden);
    }

    /// <summary>Puts the rules on the calling thread, for ever; it must have given up new privileges.</summary>
    public void Enter()
    {
        if (Libc.SystemCall(RestrictSelf, _rules, 0, 0, 0) != 0)
            throw new IOException($"Landlock rules could not be entered (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <inheritdoc />
    public void Dispose() => Libc.Close(_rules);

    // A path that is not there needs no rule.
    private void Allow(string path, ulong access)
    {
        var place = Libc.Open(path, OnlyPath, 0);
        if (place < 0)
            return;
        Span<byte> attributes = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(attributes, access & _handled & (Directory.Exists(path) ? ulong.MaxValue : OfFiles));
        BinaryPrimitives.WriteInt32LittleEndian(attributes[8..], place);
        var answer = Call(AddRule, attributes, _rules);
        Libc.Close(place);
        if (answer != 0)
            throw new IOException($"A Landlock rule for '{path}' could not be added (error {Marshal.GetLastPInvokeError()}).");
    }

    private static nint Call(int number, ReadOnlySpan<byte> attributes, int rules)
    {
        var memory = Marshal.AllocHGlobal(attributes.Length);
        try
        {
            Marshal.Copy(attributes.ToArray(), 0, memory, attributes.Length);
            return number == CreateRuleset ? Libc.SystemCall(number, memory, attributes.Length, 0, 0) : Libc.SystemCall(number, rules, 1, memory, 0);
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }
}
