using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Requests;

public sealed class FileListTests
{
    private static readonly RepoPath[] Files = [.. Enumerable.Range(0, 300).Select(number => new RepoPath($"src/area{number % 3}/part{number % 30}/file{number}.cs")), new("README.md")];

    [Fact]
    public void Of_FewFiles_ListsThemAll() =>
        Assert.Equal("Files (2):\nREADME.md\nsrc/a.cs\n", FileList.Of([new("src/a.cs"), new("README.md")], 1000));

    [Fact]
    public void Of_ManyFiles_ListsFoldersAsDeepAsThereIsRoom()
    {
        Assert.Contains("src/area0/part3/ (10 files)\n", FileList.Of(Files, 400), StringComparison.Ordinal);
        Assert.Equal("Files (301):\nREADME.md\nsrc/area0/ (100 files)\nsrc/area1/ (100 files)\nsrc/area2/ (100 files)\n", FileList.Of(Files, 40));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Of_AnyRoom_StaysInIt(int tokens) =>
        Assert.InRange(TokenCount.Of(FileList.Of(Enumerable.Range(0, 500).Select(number => new RepoPath($"folder-{number}/file.cs")), tokens)), 1, tokens + 15);
}
