using System.Runtime.InteropServices;

namespace Planlane.Sandbox.Linux;

/// <summary>The calls of the C library that .NET has no words for.</summary>
internal static partial class Libc
{
    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>Returns 0, or -1 with the error in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint EffectiveGroup();

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    /// <summary>Returns 0 when this process has all of these rights: 4 is reading, 2 writing, 1 running or passing through.</summary>
    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int rights);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    /// <summary>A system call by number. The C function takes any number of arguments; on x86-64 and arm64 Linux they are passed as those of any function.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    /// <summary>Sees to it that no descriptor beyond the three standard ones is inherited by what this process starts. Older kernels (before 5.11) know no such call; then nothing happens.</summary>
    public static void InheritNothing()
    {
        const int CloseRange = 436;
        const int OnlyAtExec = 4;
        SystemCall(CloseRange, 3, int.MaxValue, OnlyAtExec, 0);
    }
}
