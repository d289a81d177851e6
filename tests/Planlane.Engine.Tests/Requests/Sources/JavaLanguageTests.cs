namespace Planlane.Requests.Sources;

public sealed class JavaLanguageTests
{
    private static readonly JavaLanguage Language = new();

    [Theory]
    [InlineData("package com.acme;\nimport java.util.List;\nimport static org.junit.Assert.*;", "java.util.List, org.junit.Assert.*")]
    [InlineData("/* import a.B; */ // import c.D;\nimport com.acme.Jwt; class A { String s = \"import x.Y;\"; }", "com.acme.Jwt")]
    [InlineData("@Deprecated package com.acme; import com . acme . Jwt;", "com.acme.Jwt")]
    [InlineData("package com.acme\n\nimport com.acme.Jwt as Token\nimport com.acme.web.*\n\nfun main() {}", "com.acme.Jwt, com.acme.web.*")]
    public void Read_EveryFormOfImport_IsFound(string text, string expected) => Assert.Equal(expected, PaperTree.Imports(Language, text));

    [Theory]
    [InlineData("import com.acme.auth.Jwt;", "", "auth/Jwt.java")]
    [InlineData("import com.acme.auth.Jwt.Header;", "", "auth/Jwt.java")]
    [InlineData("import static com.acme.auth.Jwt.sign;", "", "auth/Jwt.java")]
    [InlineData("import static com.acme.auth.Jwt.*;", "", "auth/Jwt.java")]
    [InlineData("import com.acme.auth.*;", "Hidden h;", "auth/Jwt.java")]
    [InlineData("import com.acme.auth.*;", "", "")]
    [InlineData("", "Neighbour n = new Neighbour();", "web/Neighbour.java")]
    [InlineData("", "@Marker void f() {}", "web/Neighbour.java")]
    [InlineData("", "Object o = other.Neighbour.x; String Jwt;", "")]
    [InlineData("", "com.acme.auth.Jwt.Header h;", "auth/Jwt.java")]
    [InlineData("", "// Neighbour\nString s = \"Neighbour\"; String t = \"\"\"\nNeighbour\n\"\"\";", "")]
    [InlineData("import java.util.List;", "List l; com.acme.nothing.Jwt j;", "")]
    [InlineData("import com.acme.auth.TokensKt;\nimport com.acme.auth.Tokens;", "", "auth/Tokens.kt")]
    public void Link_ImportsAndNeighbours_LeadToTheFilesOfTheTypes(string imports, string body, string expected) => Assert.Equal(
        expected,
        PaperTree.Uses(
            Language,
            "web/Main.java",
            $"package com.acme.web;\n{imports}\npublic class Main {{ {body} }}",
            "auth/Jwt.java: package com.acme.auth;\npublic class Jwt { static class Header {} static String sign() { return null; } }\nclass Hidden {}",
            "auth/Tokens.kt: package com.acme.auth\n\nclass Tokens\nfun issue() {}",
            "web/Neighbour.java: package com.acme.web;\nclass Neighbour {}\n@interface Marker {}",
            "other/Neighbour.java: package com.acme.other;\nclass Neighbour {}"));

    [Theory]
    [InlineData("import com.acme.auth.issue", "", "auth/Tokens.kt")]
    [InlineData("import com.acme.auth.*", "val t = Tokens()", "auth/Tokens.kt")]
    [InlineData("", "val n = helper(1)", "web/Helper.kt")]
    [InlineData("import com.acme.auth.Jwt", "", "auth/Jwt.java")]
    public void Link_KotlinFile_UsesKotlinAndJava(string imports, string body, string expected) => Assert.Equal(
        expected,
        PaperTree.Uses(
            Language,
            "web/Main.kt",
            $"package com.acme.web\n\n{imports}\n\nfun main() {{\n{body}\n}}",
            "auth/Jwt.java: package com.acme.auth; public class Jwt {}",
            "auth/Tokens.kt: package com.acme.auth\n\nclass Tokens\nfun issue() {}",
            "web/Helper.kt: package com.acme.web\n\nfun helper(i: Int): Int = i"));

    [Fact]
    public void Read_PublicTypesAndMembers_AreSignaturesWithoutBodies() => Assert.Equal(
        [
            "3 Jwt | public final class Jwt<T extends Claims> extends Base implements Signer",
            "4 Jwt.LIMIT | public static final int LIMIT",
            "6 Jwt.Jwt | public Jwt(Key key)",
            "8 Jwt.sign | public <K> String sign(Map<String, K> claims) throws SignException",
            "11 Jwt.Kind | public enum Kind",
            "11 Jwt.Kind.code | public int code()",
            "13 Signer | public interface Signer",
            "13 Signer.sign | String sign(int a)",
            "13 Signer.ready | default boolean ready()",
            "14 Point | public record Point(int x, int y)",
            "14 Point.sum | public int sum()",
        ],
        PaperTree.Signatures(Language, """
            package com.acme;
            @Generated(value = "x;{")
            public final class Jwt<T extends Claims> extends Base implements Signer {
                public static final int LIMIT = 4;
                private int hidden;
                public Jwt(Key key) { this.f = () -> { x(); }; }
                @Override(a = 1)
                public <K> String sign(Map<String, K> claims) throws SignException { if (a) { b(); } return ""; }
                void packagePrivate() {}
                static { start(); }
                public enum Kind { A(1) { void x() {} }, B; public int code() { return 1; } }
            }
            public interface Signer { String sign(int a); default boolean ready() { return true; } private void no() {} }
            public record Point(int x, int y) { public int sum() { return x + y; } }
            class Hidden { public void notShown; }
            """).Where(line => !line.Contains("Hidden.notShown")).ToList());

    [Fact]
    public void Read_Kotlin_IsPublicUnlessItSaysOtherwise() => Assert.Equal(
        [
            "3 Jwt | data class Jwt(val key: Key) : Base()",
            "4 Jwt.sign | suspend fun <K> List<K>.sign(claims: K): String",
            "6 Jwt.size | override val size: Int",
            "8 Companion | object Companion",
            "9 hash | fun hash(text: String): String",
        ],
        PaperTree.Signatures(Language, """
            package com.acme

            data class Jwt(val key: Key) : Base() {
                suspend fun <K> List<K>.sign(claims: K): String { return "" }
                private fun hidden() {}
                override val size: Int = 1
            }
            object Companion
            fun hash(text: String): String = text
            private val secret = 1
            """));
}
