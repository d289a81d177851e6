using System.Runtime.InteropServices;

namespace Planlane.Cli.Live;

/// <summary>How the terminal takes what is typed: line by line and shown, as it was found, or key by key and not shown. Signals such as Ctrl-C stay signals.</summary>
/// <remarks>
/// Of the system's <c>struct termios</c> only the local flags and the two numbers of a read without waiting are touched, at the places where the headers of Linux and macOS have them (macOS was
/// never run). The runtime sets the terminal back when it starts a process that it takes for one that uses it, so the mode has to be looked at again and again.
/// </remarks>
internal sealed partial class TerminalMode
{
    // More than any system's structure has.
    private const int Size = 256;
    private const int Input = 0;
    private const int Now = 0;

    private static readonly Layout? Places =
        OperatingSystem.IsLinux() ? new Layout(Flags: 12, FlagBytes: 4, Canonical: 0x2, Echo: 0x8, Least: 17 + 6, Time: 17 + 5)
        : OperatingSystem.IsMacOS() ? new Layout(Flags: 24, FlagBytes: 8, Canonical: 0x100, Echo: 0x8, Least: 32 + 16, Time: 32 + 17)
        : null;

    private readonly byte[] _found;

    private TerminalMode(byte[] found) => _found = found;

    /// <summary>The mode of the terminal now; null when there is none, or its system is not known.</summary>
    public static TerminalMode? TryRead()
    {
        var found = new byte[Size];
        return Places is not null && Get(Input, found) == 0 ? new TerminalMode(found) : null;
    }

    /// <summary>Sees to it that keys come one by one and are not shown.</summary>
    public static void KeepKeys()
    {
        var mode = new byte[Size];
        if (Places is not { } places || Get(Input, mode) != 0)
            return;
        var flags = FlagsOf(mode, places);
        if ((flags & (places.Canonical | places.Echo)) == 0)
            return;
        SetFlags(mode, places, flags & ~(places.Canonical | places.Echo));
        (mode[places.Least], mode[places.Time]) = (0, 0);
        _ = Set(Input, Now, mode);
    }

    /// <summary>Gives the terminal back as it was found.</summary>
    public void Restore() => _ = Set(Input, Now, _found);

    private static ulong FlagsOf(byte[] mode, Layout places) => places.FlagBytes == 4
        ? BitConverter.ToUInt32(mode, places.Flags)
        : BitConverter.ToUInt64(mode, places.Flags);

    private static void SetFlags(byte[] mode, Layout places, ulong flags)
    {
        var place = mode.AsSpan(places.Flags);
        if (places.FlagBytes == 4)
            BitConverter.TryWriteBytes(place, (uint)flags);
        else
            BitConverter.TryWriteBytes(place, flags);
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int Get(int descriptor, [In, Out] byte[] mode);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int Set(int descriptor, int when, [In] byte[] mode);

    private sealed record Layout(int Flags, int FlagBytes, ulong Canonical, ulong Echo, int Least, int Time);
}
