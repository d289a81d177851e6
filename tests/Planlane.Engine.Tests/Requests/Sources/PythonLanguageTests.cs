namespace Planlane.Requests.Sources;

public sealed class PythonLanguageTests
{
    private static readonly PythonLanguage Language = new();

    [Theory]
    [InlineData("import a", "a")]
    [InlineData("import a.b as c, d", "a.b, d")]
    [InlineData("from a import b", "a.b")]
    [InlineData("from a.b import (c as d,\n  e,  # not f\n)", "a.b.c, a.b.e")]
    [InlineData("from a import b, \\\n    c", "a.b, a.c")]
    [InlineData("from . import a", ".a")]
    [InlineData("from ..a.b import c", "..a.b.c")]
    [InlineData("from ...a import *", "...a")]
    [InlineData("from . import *", ".")]
    [InlineData("def f():\n    import a\n    from b import c", "a, b.c")]
    [InlineData("try: import a\nexcept ImportError: a = None", "a")]
    [InlineData("if TYPE_CHECKING:\n    from a import B; import c", "a.B, c")]
    [InlineData("# import a\n'''\nimport b\n'''\n\"\"\"from c import d\"\"\"\nimport e", "e")]
    [InlineData("s = 'import a'\nt = r\"\\\"\nimport b", "b")]
    [InlineData("f'''{x}\nimport a\n'''\nimport b", "b")]
    [InlineData("yield from a\nraise X from b\nx.import_(1)", "")]
    [InlineData("s = 'it\nimport a", "a")]
    public void Read_EveryFormOfImport_IsFound(string text, string expected) => Assert.Equal(expected, PaperTree.Imports(Language, text));

    [Theory]
    [InlineData("import shop.cart", "src/shop/cart.py")]
    [InlineData("import shop", "src/shop/__init__.py")]
    [InlineData("from shop import Cart", "src/shop/__init__.py")]
    [InlineData("from shop import cart", "src/shop/cart.py")]
    [InlineData("from shop.cart import Cart", "src/shop/cart.py")]
    [InlineData("from . import cart", "src/shop/cart.py")]
    [InlineData("from . import Cart", "src/shop/__init__.py")]
    [InlineData("from .pay import charge", "src/shop/pay/__init__.py")]
    [InlineData("from .pay.card import Card", "src/shop/pay/card.py")]
    [InlineData("from .pay import *", "src/shop/pay/__init__.py")]
    [InlineData("from .. import anything", "")]
    [InlineData("import plugins.one", "src/plugins/one.py")]
    [InlineData("from plugins import one", "src/plugins/one.py")]
    [InlineData("import shop.missing.deep", "")]
    [InlineData("import os, json.decoder", "")]
    [InlineData("import tools", "")]
    public void Link_FromAPackage_FindsModulesAsTheInterpreterDoes(string text, string expected) => Assert.Equal(
        expected,
        PaperTree.Uses(Language, "src/shop/main.py", text, "src/shop/__init__.py", "src/shop/cart.py", "src/shop/pay/__init__.py", "src/shop/pay/card.py", "src/plugins/one.py", "scripts/tools.py"));

    [Theory]
    [InlineData("scripts/run.py", "import tools", "scripts/tools.py")]
    [InlineData("tests/unit/test_cart.py", "from shop.cart import Cart", "src/shop/cart.py")]
    [InlineData("tests/unit/test_cart.py", "from conftest import x", "")]
    [InlineData("tests/unit/test_cart.py", "import shapes", "src/shapes.pyi")]
    [InlineData("services/a/app/main.py", "from app.db import connect", "services/a/app/db.py")]
    [InlineData("services/b/app/main.py", "from app.db import connect", "services/b/app/db.py")]
    public void Link_FromElsewhere_LooksInTheNearestRootsFirst(string from, string text, string expected) => Assert.Equal(
        expected,
        PaperTree.Uses(Language, from, text, "src/shop/__init__.py", "src/shop/cart.py", "src/shapes.pyi", "scripts/tools.py", "tests/conftest.py", "services/a/app/__init__.py", "services/a/app/db.py", "services/b/app/__init__.py", "services/b/app/db.py"));

    [Fact]
    public void Read_PublicDefinitions_AreSignaturesWithoutBodies() => Assert.Equal(
        [
            "1 sign | async def sign( claims: dict[str, int], *, ttl=60, ) -> str",
            "7 Tokens | class Tokens(Base, metaclass=Meta)",
            "9 Tokens.__init__ | def __init__(self, key)",
            "13 Tokens.verify | def verify(self, token: str) -> bool",
            "15 Tokens.Inner | class Inner",
            "16 Tokens.Inner.go | def go(self)",
            "18 last | def last()",
        ],
        PaperTree.Signatures(Language, """"
            async def sign(
                claims: dict[str, int],  # what it says
                *, ttl=60,
            ) -> str:
                def inner(): pass

            class Tokens(Base, metaclass=Meta):
                """def not_this(): pass"""
                def __init__(self, key):
                    self.f = lambda: 1
                def _hidden(self): pass
                @cached
                def verify(self, token: str) -> bool:
                    return True
                class Inner:
                    def go(self): ...
            def _private(): pass
            def last(): pass
            """"));
}
