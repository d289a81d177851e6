using System.Globalization;
using Planlane.Hosting;
using Planlane.Sandbox.Linux;

namespace Planlane.Sandbox;

public sealed class BoxFolderTests
{
    [Fact]
    public void RemoveOrphans_FolderOfAProcessThatIsGone_IsRemovedAtOnceAndNoOther()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Boxes are of Linux.");
        var own = ProcessMark.Current.Split('.');
        var names = new Dictionary<string, bool>
        {
            // This process lives.
            [ProcessMark.Current] = true,
            // Its number, of an earlier process.
            [$"{own[0]}.{long.Parse(own[1], CultureInfo.InvariantCulture) - 1}.{own[2]}"] = false,
            // A number that no process has.
            [$"{int.MaxValue}.1.{own[2]}"] = false,
            // Of another container, and of an earlier version: young, so they stay.
            [$"{int.MaxValue}.1.1"] = true,
            [int.MaxValue.ToString(CultureInfo.InvariantCulture)] = true,
        };
        var folders = names.ToDictionary(name => Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"planlane-box-{name.Key}-{Guid.NewGuid():N}")).FullName, name => name.Value);

        BoxFolder.RemoveOrphans();

        Assert.All(folders, folder => Assert.Equal(folder.Value, Directory.Exists(folder.Key)));
        foreach (var folder in folders.Keys.Where(Directory.Exists))
            Directory.Delete(folder);
    }
}
