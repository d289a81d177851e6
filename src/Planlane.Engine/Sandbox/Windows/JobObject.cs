using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Planlane.Sandbox.Windows;

/// <summary>A Windows job object: counts processes and memory, and ends all its processes when it is closed.</summary>
internal sealed partial class JobObject : IDisposable
{
    private const int ExtendedLimits = 9;
    private const uint LimitActiveProcesses = 0x8;
    private const uint LimitJobMemory = 0x200;
    private const uint KillWhenClosed = 0x2000;

    private readonly SafeFileHandle _handle;

    /// <summary>Makes one.</summary>
    /// <exception cref="Win32Exception">The system does not allow it.</exception>
    public JobObject(BoxLimits limits)
    {
        _handle = CreateJobObject(0, null);
        var wanted = new ExtendedLimit { Flags = LimitActiveProcesses | LimitJobMemory | KillWhenClosed, ActiveProcesses = (uint)limits.Processes, JobMemory = (nuint)limits.Memory };
        if (_handle.IsInvalid || !SetInformationJobObject(_handle, ExtendedLimits, in wanted, Marshal.SizeOf<ExtendedLimit>()))
            throw new Win32Exception();
    }

    /// <summary>Puts a process and all that it will start into it.</summary>
    /// <exception cref="Win32Exception">The system does not allow it.</exception>
    public void Add(nint process)
    {
        if (!AssignProcessToJobObject(_handle, process))
            throw new Win32Exception();
    }

    /// <inheritdoc />
    public void Dispose() => _handle.Dispose();

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateJobObject(nint security, string? name);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(SafeFileHandle job, int kind, in ExtendedLimit limit, int length);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(SafeFileHandle job, nint process);

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION, with the counters of input and output as room.
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimit
    {
        public long ProcessTime;
        public long JobTime;
        public uint Flags;
        public nuint LeastWorkingSet;
        public nuint MostWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint Priority;
        public uint Scheduling;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WrittenBytes;
        public ulong OtherBytes;
        public nuint ProcessMemory;
        public nuint JobMemory;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }
}
