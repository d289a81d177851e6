namespace Planlane.Budgets;

public sealed class SpendFileTests
{
    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Update_FileThatIsWrittenAnew_StaysTheUsersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var folder = Directory.CreateTempSubdirectory("planlane-test-");
        var path = Path.Combine(folder.FullName, "spending.jsonl");
        await new SpendFile(path).UpdateAsync(new DateOnly(2026, 11, 27), _ => []);
        var (before, mode) = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), File.GetUnixFileMode(path));
        // So long that it is written anew.
        await File.AppendAllTextAsync(path, new string('\n', 1 << 20), TestContext.Current.CancellationToken);

        await new SpendFile(path).UpdateAsync(new DateOnly(2026, 11, 27), _ => []);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.Equal(mode, File.GetUnixFileMode(path));
        Assert.InRange(new FileInfo(path).Length, 1, before.Length + 10);
        folder.Delete(recursive: true);
    }
}
