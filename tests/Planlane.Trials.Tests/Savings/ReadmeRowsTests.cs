using System.Text.RegularExpressions;

namespace Planlane.Trials.Savings;

/// <summary>What the README claims of savings stands in the page of the benchmark.</summary>
public sealed partial class ReadmeRowsTests
{
    private static readonly string Readme = Read("README.md");
    private static readonly string Page = Read("docs/benchmarks.md");

    [Fact]
    public void Readme_Rows_AreThoseOfThePage()
    {
        Assert.True(ReadmeRows.AreIn(Readme), $"README.md has the marks {ReadmeRows.Begin} and {ReadmeRows.End}.");
        Assert.True(ReadmeRows.Renewed(Readme, Page) == Readme, "The rows of README.md are not those of docs/benchmarks.md. Planlane.Trials savings -o docs/benchmarks.md writes both; --from FILE makes them of trials that have run.");
    }

    [Fact]
    public void Readme_FiguresOfSavings_StandOnlyInWhatIsWritten()
    {
        var prose = Written().Replace(Readme, "");

        Assert.True(prose.Length < Readme.Length - 1_000, "The marked parts were not found.");
        Assert.DoesNotMatch(Figure(), prose);
    }

    [Fact]
    public void Of_Page_TakesTheFirstBarsWithoutTheirCauses()
    {
        var rows = ReadmeRows.Of(
            """
            ### Bars, over the seed's 4 tasks together

            | bar                          | wanted | measured |     | what costs most of it |
            |------------------------------|-------:|---------:|----:|----------------------:|
            | time saved                   |   80 % |   86.1 % | met |                       |
            | auth: more than the seed's own row | 50 % | 84 % | met |                       |

            ### Bars, over other tasks

            | bar | wanted | measured | | |
            |-----|-------:|---------:|-|-|
            | other | 1 % | 2 % | met | |
            """);

        Assert.Equal("| bar        | wanted | measured |     |\n|------------|-------:|---------:|----:|\n| time saved |   80 % |   86.1 % | met |\n", rows);
    }

    [Fact]
    public void Renewed_PageOfAPart_LeavesTheReadmeAsItIs() => Assert.Equal(Readme, ReadmeRows.Renewed(Readme, "# Benchmarks\n"));

    private static string Read(string file)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Planlane.slnx")))
            root = root.Parent;
        return File.ReadAllText(Path.Combine(root!.FullName, file)).ReplaceLineEndings("\n");
    }

    // What a program writes: the rows of the benchmark, and the screens of a real demo.
    [GeneratedRegex("<!-- (savings|demo):[^>]*-->.*?<!-- /\\1 -->", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    // Shares, money but the budget of an example, and how many times something is better.
    [GeneratedRegex(@"\d\s?%|\$\d|\d+(\.\d+)?\s?(x|times) (faster|cheaper|less|fewer)", RegexOptions.CultureInvariant)]
    private static partial Regex Figure();
}
