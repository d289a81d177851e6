namespace Planlane.Requests.Sources;

public sealed class GoLanguageTests
{
    private static readonly GoLanguage Language = new();

    [Theory]
    [InlineData("package a\nimport \"fmt\"", "fmt")]
    [InlineData("package a\nimport (\n\t\"fmt\"\n\tj \"acme/json\" // x\n\t_ \"acme/side\"\n\t. \"acme/dot\"\n)", "fmt, j acme/json, _ acme/side, . acme/dot")]
    [InlineData("package a; import `raw`", "raw")]
    [InlineData("package a\n// import \"a\"\n/* import \"b\" */\nvar s = `\nimport \"c\"\n`", "")]
    [InlineData("package a\nvar r = '\"'\nimport \"late\"", "late")]
    public void Read_EveryFormOfImport_IsFound(string text, string expected) => Assert.Equal(expected, PaperTree.Imports(Language, text));

    [Theory]
    [InlineData("import \"acme.org/shop/cart\"\nvar c = cart.New()", "cart/cart.go")]
    [InlineData("import \"acme.org/shop/cart\"\nvar c cart.Item; var d = cart.New", "cart/cart.go, cart/item.go")]
    [InlineData("import c \"acme.org/shop/cart\"\nvar x c.Item", "cart/item.go")]
    [InlineData("import _ \"acme.org/shop/cart\"", "cart/cart.go, cart/item.go")]
    [InlineData("import . \"acme.org/shop/cart\"", "cart/cart.go, cart/item.go")]
    [InlineData("import \"acme.org/shop/go-money\"\nvar x money.Amount", "go-money/amount.go")]
    [InlineData("import \"acme.org/shop/tools/lint\"", "tools/lint/lint.go")]
    [InlineData("import \"acme.org/shop/missing\"\nimport \"fmt\"\nimport \"acme.org/shopping\"", "")]
    public void Link_ImportOfAPackage_IsTheFilesThatDeclareWhatIsTaken(string text, string expected) => Assert.Equal(
        expected,
        PaperTree.Uses(
            Language,
            "main.go",
            $"package main\n{text}",
            "go.mod: module acme.org/shop // the shop\n\ngo 1.22",
            "tools/go.mod: module acme.org/shop/tools",
            "cart/cart.go: package cart\nfunc New() *Item { return nil }",
            "cart/item.go: package cart\ntype Item struct{ Name string }",
            "cart/cart_test.go: package cart\nfunc TestNew(t *testing.T) {}",
            "go-money/amount.go: package money\ntype (\n\tAmount int\n)",
            "go-money/other.go: package money\nconst X = 1",
            "tools/lint/lint.go: package lint"));

    [Fact]
    public void Link_FilesOfOnePackage_UseEachOtherByName() => Assert.Equal(
        [
            "context.go -> tree.go",
            "context.go -> values.go",
            "context_test.go -> context.go",
            "context_test.go -> helper_test.go",
            "outside_test.go -> context.go",
        ],
        PaperTree.Uses(Language,
        [
            ("go.mod", "module acme.org/web"),
            ("context.go", "package web\ntype Context struct{ root *node }\nfunc (c *Context) Next() { c.fresh = unused.fresh; _ = limit }"),
            ("tree.go", "package web\ntype node struct { next *node }\nfunc init() {}"),
            ("values.go", "package web\nconst (\n\tmin, limit = 1, 2\n)\nfunc init() {}\nfunc fresh() {}"),
            ("context_test.go", "package web\nfunc TestIt(t *testing.T) { check(Context{}) }"),
            ("helper_test.go", "package web\nfunc check(x any) {}"),
            ("outside_test.go", "package web_test\nimport \"acme.org/web\"\nvar c web.Context"),
            ("other/check.go", "package other\nfunc use() { check() }"),
        ]));

    [Fact]
    public void Link_ModulesOfOneName_KeepToThemselves() => Assert.Equal(
        ["one/main.go -> one/lib/lib.go", "two/main.go -> two/lib/lib.go"],
        PaperTree.Uses(Language, new[] { "one", "two" }.SelectMany(folder => new[]
        {
            ($"{folder}/go.mod", "module example.com/app"), ($"{folder}/main.go", "package main\nimport \"example.com/app/lib\""), ($"{folder}/lib/lib.go", "package lib"),
        }).ToList()));

    [Fact]
    public void Read_ExportedDeclarations_AreSignaturesWithoutBodies() => Assert.Equal(
        [
            "2 New | func New(opts ...Option) (*Engine, error)",
            "3 Engine.Run | func (e *Engine[K]) Run(addr string) (err error)",
            "5 Engine | type Engine[K any] struct",
            "6 Handler | type Handler interface",
            "7 Handler.Serve | Serve(w Writer) error",
            "10 HandlerFunc | type HandlerFunc func(*Context)",
            "11 Any | type Any interface{}",
            "13 Limit | Limit int",
            "15 A | var A",
            "15 C | C",
        ],
        PaperTree.Signatures(Language, """
            package web
            func New(opts ...Option) (*Engine, error) { return nil, nil }
            func (e *Engine[K]) Run(addr string) (err error) { func() {}() }
            func (e *Engine) hidden() {}
            type Engine[K any] struct { Name string }
            type Handler interface {
                Serve(w Writer) error // answers
                hidden()
            }
            type HandlerFunc func(*Context)
            type Any interface{}
            const (
                Limit int = 4
            )
            var A, b, C = 1, 2, func() { x() }
            func lower() {}
            """));
}
