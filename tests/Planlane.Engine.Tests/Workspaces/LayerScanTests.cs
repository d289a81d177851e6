using System.Runtime.InteropServices;
using Planlane.Values;
using Planlane.Workspaces.Layers;

namespace Planlane.Workspaces;

public sealed class LayerScanTests
{
    private const int Nobody = 65_534;

    [Fact]
    public void Of_FolderWhoseRightsAreNotOurs_IsUnreadableAndTheRestIsSeen()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            Assert.Skip("Only root can look with the rights of another.");
            return;
        }

        var root = Directory.CreateTempSubdirectory("planlane-scan-").FullName;
        File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101);
        File.WriteAllText(Path.Combine(root, "seen"), "");
        Directory.CreateDirectory(Path.Combine(root, "shut"), UnixFileMode.None);
        LayerScan? scan = null;
        Exception? fault = null;
        // The rights to files are those of a thread.
        var thread = new Thread(() =>
        {
            _ = SetFileUser(Nobody);
            fault = Record.Exception(() => scan = LayerScan.Of(root, new HashSet<RepoPath>()));
        });
        thread.Start();
        thread.Join();
        Directory.Delete(root, recursive: true);

        Assert.Null(fault);
        Assert.Equal([new RepoPath("seen")], scan!.Entries.Keys);
        Assert.Equal([new RepoPath("shut")], scan.Unreadable);
    }

    private static int SetFileUser(int user) =>
        Marshal.GetDelegateForFunctionPointer<SetUser>(NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "setfsuid"))(user);

    private delegate int SetUser(int user);
}
