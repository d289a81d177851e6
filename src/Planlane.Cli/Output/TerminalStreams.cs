using System.Runtime.InteropServices;

namespace Planlane.Cli.Output;

/// <summary>Those of the three streams that are the terminal's when the program begins.</summary>
internal sealed partial class TerminalStreams
{
    private const int ReadAndWrite = 2;

    private readonly bool[] _are = [!Console.IsInputRedirected, !Console.IsOutputRedirected, !Console.IsErrorRedirected];

    /// <summary>
    /// Leads those of a terminal that was closed to nowhere: what is written to it would fail, and so would the work that is being ended in order. A terminal that is still there, as when
    /// somebody sent the signal by hand, is kept, as it has to be given back.
    /// </summary>
    public void LetGoOfAClosedOne()
    {
        if (OperatingSystem.IsWindows())
            return;
        for (var stream = 0; stream < _are.Length; stream++)
            if (_are[stream] && IsTerminal(stream) == 0 && Open("/dev/null", ReadAndWrite) is >= 0 and var nowhere)
            {
                _ = Duplicate(nowhere, stream);
                _ = Close(nowhere);
            }
    }

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
