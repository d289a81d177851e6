using CsCheck;
using Planlane.Values;

namespace Planlane.Requests.Sources;

public sealed class SourceLanguagesTests
{
    // What scanners stumble over, more often than chance would bring it.
    private static readonly string[] Pieces =
    [
        "import ", "from ", "export ", "export default ", "use ", "mod ", "pub ", "class ", "function ", "def ", "func ", "type ", "interface ", "const ", "module.exports = ", "a", "B", "_", "x.y", "::", "=>",
        "'", "\"", "`", "\"\"\"", "'''", "${", "{", "}", "(", ")", "[", "]", "<", ">", "/", "//", "/*", "*/", "#", "#!", "\\", "\n", "\r\n", "\t", "    ", ";", ":", ",", ".", "..", "=", "@", "*", "r#\"", "b'", "'a",
        "\0", "\uFEFF", "\uD800", "é", "<script>", "</script>", "extends ", "enum ", "impl ", "for ", "where ", "record ", "fun ",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Array[0, 60].Select(picks => string.Concat(picks.Select(pick => Pieces[pick]))), Gen.String[0, 200]);

    public static TheoryData<string> Names => [.. SourceLanguages.All.Select(language => language.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_AnyText_NeverThrowsAndSaysTheSameTwice(string name)
    {
        var language = SourceLanguages.All.Single(language => language.Name == name);
        Texts.Sample(text => Assert.Equal(language.Read(text), language.Read(text)), iter: 3_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Link_AnyTexts_StaysInTheTreeAndNamesEachPairOnce(string name)
    {
        var language = SourceLanguages.All.Single(language => language.Name == name);
        var extension = new[] { ".cs", ".ts", ".py", ".go", ".java", ".rs" }.Single(extension => language.Reads(new RepoPath($"a{extension}")));
        var paths = new[] { $"a{extension}", $"b/a{extension}", $"b/mod{extension}", $"b/c/index{extension}", "package.json", "tsconfig.json", "go.mod", "Cargo.toml", "b/Cargo.toml", "b/b.csproj" }
            .Select(path => new RepoPath(path)).ToList();
        Texts.Array[paths.Count].Sample(
            texts =>
            {
                var files = paths.Zip(texts).Where(file => language.Reads(file.First)).Select(file => new SourceText(file.First, language.Read(file.Second))).ToList();
                var tree = new SourceTree(paths, paths.Zip(texts).Where(file => language.NeedsText(file.First)).ToDictionary(file => file.First, file => file.Second));
                var uses = language.Link(files, tree).ToList();
                Assert.Equal(uses.Distinct(), uses);
                Assert.All(uses, use => Assert.True(use.From != use.To && tree.Has(use.From) && tree.Has(use.To)));
            },
            iter: 500);
    }

    [Theory]
    [InlineData("mod a { ")]
    [InlineData("use a::{")]
    [InlineData("impl A { mod a { ")]
    [InlineData("class A { ")]
    [InlineData("export class A { a = (")]
    [InlineData("`${")]
    [InlineData("/* ")]
    [InlineData("[")]
    public void Read_ManyBracketsThatNothingCloses_ComesToAnEnd(string opening)
    {
        var text = "package a; " + string.Concat(Enumerable.Repeat(opening, 20_000));

        Assert.All(SourceLanguages.All, language => Assert.NotNull(language.Read(text)));
    }

    [Theory]
    [InlineData("a.ts")]
    [InlineData("a.py")]
    [InlineData("a.go")]
    [InlineData("a.kt")]
    [InlineData("a.rs")]
    [InlineData("a.svelte")]
    public void All_APath_IsReadByOneLanguage(string path) => Assert.Single(SourceLanguages.All, language => language.Reads(new RepoPath(path)));

    [Fact]
    public void Read_FactsOfAText_SurviveTheirJson()
    {
        SourceFacts facts = new JavaLanguage().Read("package a.b; import c.D; public class E { F f; }");

        var again = System.Text.Json.JsonSerializer.Deserialize<SourceFacts>(System.Text.Json.JsonSerializer.Serialize(facts));

        Assert.Equal(
            new ImportFacts { Package = "a.b", Imports = ["c.D"], Declares = ["E"], Names = ["F"], Signatures = [new Signature("E", "public class E", 1)] },
            again);
    }
}
