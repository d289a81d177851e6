using System.Net.Sockets;
using Planlane.Sandbox.Linux;
using Planlane.Workspaces;

namespace Planlane.Sandbox.Network;

public sealed class BoxNetworkTests
{
    [Fact]
    public void For_DoorThatCannotBeOpened_LeavesNoDescriptorOfTheFolder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Boxes are of Linux.");
        var folder = Directory.CreateTempSubdirectory("planlane-test-").FullName;
        // Its name is taken.
        File.WriteAllText(Path.Combine(folder, "network"), "");

        Assert.Throws<SocketException>(() => BoxNetwork.For(new BoxedCommand("true", folder, folder, TimeSpan.FromMinutes(1)) { Network = NetworkAccess.Hosts }, folder, TimeProvider.System));

        Assert.DoesNotContain(folder, Directory.EnumerateFiles("/proc/self/fd").Concat(Directory.EnumerateDirectories("/proc/self/fd")).Select(link => new FileInfo(link).LinkTarget));
        Directory.Delete(folder, recursive: true);
    }
}
