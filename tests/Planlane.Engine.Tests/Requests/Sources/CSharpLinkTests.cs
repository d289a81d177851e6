using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Small sets of files, each with one way in which C# reaches another file; the compiler says what is right.</summary>
public sealed class CSharpLinkTests
{
    private const string User = "namespace Shop.Users; public class User { public string Name { get; set; } = \"\"; public static User Nobody() => new(); public class Card { public int Points; } }";
    private const string Store = "using Shop.Users; namespace Shop.Data; public class Store { public User First() => new User(); public System.Collections.Generic.List<User> All = new(); }";

    // A part of a type uses its other parts, whatever it names; and whether a name is a member or a type is not asked.
    private static readonly Dictionary<string, string[]> Surplus = new()
    {
        ["partial type"] = ["0.cs uses 1.cs", "1.cs uses 0.cs"],
        ["property that is called like a type"] = ["2.cs uses 0.cs"],
        ["inherited property that is called like a type"] = ["3.cs uses 0.cs"],
    };

    public static TheoryData<string, string[]> Cases => new()
    {
        { "using of a namespace", [User, "using Shop.Users; class A { User? user; }"] },
        { "using that nothing needs", [User, "using Shop.Users; class A { }"] },
        { "enclosing namespace", [User, "namespace Shop.Users.Admin { class A { User? user; } }"] },
        { "name relative to the enclosing namespace", [User, "namespace Shop; class A { Users.User? user; }"] },
        { "nearer type of the same name", [User, "namespace Shop.Users.Admin; class User { }", "namespace Shop.Users.Admin; class A { User? user; }"] },
        { "own namespace before a using", [User, "namespace Shop.Admin; class User { }", "using Shop.Users; namespace Shop.Admin; class A { User? user; }"] },
        { "global prefix", [User, "namespace Shop.A { class Shop { } class B { global::Shop.Users.User? user; } }"] },
        { "using static", ["namespace M; public static class Money { public const int Cents = 100; public class Coin { } }", "using static M.Money; class A { int x = Cents; Coin? coin; }"] },
        { "using static in a global using", ["namespace M; public static class Money { public static int Sum(int x) => x; }", "global using static M.Money;", "class A { int x = Sum(1); }"] },
        { "alias", [User, "using Person = Shop.Users.User; class A { string x = Person.Nobody().Name; }"] },
        { "alias of a generic type", [User, "using People = System.Collections.Generic.List<Shop.Users.User>; class A { int X(People all) => all[0].Name.Length; }"] },
        { "global using", [User, "global using Shop.Users;", "class A { User? user; }"] },
        { "nested type", [User, "using Shop.Users; class A { User.Card? card; }"] },
        { "nested type that is inherited", ["class B { protected class In { public int X; } }", "class C : B { }", "class A : C { In? x; }"] },
        { "partial type", ["partial class P { int x; }", "partial class P { int y; }", "class A { P? p; }"] },
        { "extension method", ["namespace E; static class Words { public static int Count(this string s) => 1; }", "using E; class A { int x = \"a\".Count(); }"] },
        { "extension method that is out of sight", ["namespace E; static class Words { public static int Count(this string s) => 1; }", "using System.Linq; class A { int x = \"a\".Count(); }"] },
        { "extension method of another type", [User, "using Shop.Users; namespace E; static class Words { public static int Points(this User u) => 1; }", "using E; class A { class B { public int Points() => 1; } int x = new B().Points(); }"] },
        { "extension block", ["namespace E; static class Words { extension(string s) { public int Size => s.Length; } }", "using E; class A { int x = \"a\".Size; }"] },
        { "inherited member", ["class B { protected int Size; }", "class C : B { }", "class A : C { int X() => Size; }"] },
        { "inherited member of a value", ["class B { public int Size; }", "class C : B { }", "class A { int X(C c) => c.Size; }"] },
        { "override of a far base", ["abstract class B { public abstract int Size(); }", "abstract class C : B { }", "class A : C { public override int Size() => 1; }"] },
        { "member of a far interface", ["interface I { int Size(); }", "interface J : I { }", "class A : J { public int Size() => 1; }"] },
        { "inferred type", [User, Store, "class A { string X(Shop.Data.Store s) { var u = s.First(); return u.Name; } }"] },
        { "inferred type that is only passed on", [User, Store, "class A { object X(Shop.Data.Store s) { var u = s.First(); return u; } }"] },
        { "type argument of a lambda", [User, Store, "using System.Linq; class A { object X(Shop.Data.Store s) => s.All.Select(u => u.Name); }"] },
        { "type argument of a base", [User, "class Repo<T> where T : new() { public T Get() => new(); }", "class Users : Repo<Shop.Users.User> { }", "class A { string X(Users u) => u.Get().Name; }"] },
        { "target-typed new", [User, "class S { public void Put(Shop.Users.User u) { } }", "class A { void X(S s) => s.Put(new()); }"] },
        { "object initializer", [User, Store, "class A { void X(Shop.Data.Store s) { s.First().Name = \"\"; } User2 Y() => new() { Who = { Name = \"\" } }; }", "class User2 { public Shop.Users.User Who = new(); }"] },
        { "property pattern of a member in a member", [User, Store, "class A { bool X(Shop.Data.Store s) => s.First() is { Name.Length: > 0 }; }"] },
        { "property pattern", [User, Store, "class A { bool X(Shop.Data.Store s) => s.First() is { Name: \"x\" }; }"] },
        { "positional pattern", ["record P(int X, int Y);", "class S { public P Get() => new(1, 2); }", "class A { bool X(S s) => s.Get() is (1, _); }"] },
        { "deconstruction", ["record P(int X, int Y);", "class S { public P Get() => new(1, 2); }", "class A { int X(S s) { var (x, y) = s.Get(); return x + y; } }"] },
        { "operator", ["struct M { public static M operator +(M a, M b) => a; }", "class S { public M Get() => new(); }", "class A { object X(S s) => s.Get() + s.Get(); }"] },
        { "conversion", ["struct M { public static implicit operator int(M m) => 1; }", "class S { public M Get() => new(); }", "class A { int X(S s) => s.Get(); }"] },
        { "indexer", ["class L { public int this[int i] => 1; }", "class S { public L Get() => new(); }", "class A { int X(S s) => s.Get()[0]; }"] },
        { "enumeration", ["class L { public System.Collections.Generic.IEnumerator<int> GetEnumerator() => null!; }", "class S { public L Get() => new(); }", "class A { void X(S s) { foreach (var x in s.Get()) { } } }"] },
        { "delegate that is called", ["delegate int D();", "class S { public D Get() => () => 1; }", "class A { int X(S s) => s.Get()(); }"] },
        { "attribute", ["class MarkAttribute : System.Attribute { public int Level { get; set; } }", "[Mark(Level = 1)] class A { }", "[MarkAttribute] class B { }"] },
        { "nameof", [User, "class A { string x = nameof(Shop.Users.User.Name); }"] },
        { "cref", [User, "/// <summary><see cref=\"Shop.Users.User\"/></summary>\nclass A { }"] },
        { "generic constraint", ["interface I { int Size { get; } }", "class A<T> where T : I { int X(T t) => t.Size; }"] },
        { "arity", ["class Box { }", "class Box<T> { }", "class A { Box<int>? b; }"] },
        { "two namespaces in one file", [User, "namespace A { using Shop.Users; class X { User? u; } } namespace B { class User { } class Y { User? u; } }"] },
        { "top-level program", [User, "using Shop.Users; System.Console.WriteLine(User.Nobody().Name);"] },
        { "property that is called like a type", ["class Options { public int Size; }", "class Settings { public int Size; }", "class A { Settings Options = new(); int X() => Options.Size; }"] },
        { "inherited property that is called like a type", ["class Options { public static int Size; }", "class Settings { public int Size; }", "class B { protected Settings Options = new(); }", "class A : B { int X() => Options.Size; }"] },
        { "enum", ["enum Color { Red, Green }", "class A { bool X(object o) => o is Color.Red; }"] },
        { "query", ["class Q { public Q Select(System.Func<int, int> f) => this; }", "class S { public Q Get() => new(); }", "class A { object X(S s) => from x in s.Get() select x; }"] },
        { "file-local type of the same name", ["file class Box { }", "class Box { }", "class A { Box? b; }"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Link_OneWayToUseAFile_IsWhatTheCompilerSays(string what, string[] texts)
    {
        var files = texts.Select((text, index) => ($"{index}.cs", text)).ToList();
        var compiler = CompilerOracle.Uses(CompilerOracle.Compile("case", files, CompilerOracle.Framework)).Select(use => $"{use.From} uses {use.To}").ToList();
        var linked = Linked(files, []).ToList();

        Assert.Empty(compiler.Except(linked));
        Assert.Equal(Surplus.GetValueOrDefault(what, []), linked.Except(compiler));
    }

    [Fact]
    public void Link_ManyFilesAtOnce_IsTheSameEachTime()
    {
        // Each file asks for the extensions of the next one, whose receivers are found by that file's own using directives, while that file is linked itself.
        var files = Enumerable.Range(0, 400).SelectMany(number => new[]
        {
            ($"{number}/User.cs", $"namespace Users{number}; public class User {{ }}"),
            ($"{number}/Words.cs", $"namespace Words{number}; using Users{number}; using Words{(number + 1) % 400}; static class Words {{ public static int Points(this User user) => new Other().Points(); class Other {{ public int Points() => 1; }} }}"),
        }).ToList();

        var runs = Enumerable.Range(0, 10).Select(_ => string.Join('\n', Linked(files, []))).ToList();

        Assert.Equal(400, runs[0].Split('\n').Length);
        Assert.Single(runs.Distinct());
    }

    [Fact]
    public void Link_SameNameInTwoProjects_TakesTheOneThatIsReferenced() => Assert.Equal(
        ["web/A.cs uses core/User.cs"],
        Linked(
            [("core/User.cs", "public class User { }"), ("other/User.cs", "public class User { }"), ("web/A.cs", "class A { User? user; }")],
            [
                ("core/core.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />"),
                ("other/other.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />"),
                ("middle/middle.csproj", "<Project><ItemGroup><ProjectReference Include=\"..\\core\\core.csproj\" /></ItemGroup></Project>"),
                ("web/web.csproj", "<Project><ItemGroup><ProjectReference Include=\"..\\middle\\middle.csproj\" /></ItemGroup></Project>"),
            ]));

    [Fact]
    public void Link_InternalTypeOfAnotherProject_IsSeenByFriendsOnly() => Assert.Equal(
        ["tests/T.cs uses core/User.cs"],
        Linked(
            [("core/User.cs", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"tests\")] class User { }"), ("tests/T.cs", "class T { User? user; }"), ("web/A.cs", "class A { User? user; }")],
            [
                ("core/core.csproj", "<Project />"),
                ("tests/tests.csproj", "<Project><ItemGroup><ProjectReference Include=\"../core/core.csproj\" /></ItemGroup></Project>"),
                ("web/web.csproj", "<Project><ItemGroup><ProjectReference Include=\"../core/core.csproj\" /></ItemGroup></Project>"),
            ]));

    [Fact]
    public void Link_UsingOfTheProjectFiles_Holds() => Assert.Equal(
        ["a/A.cs uses a/User.cs", "a/B.cs uses a/Money.cs"],
        Linked(
            [("a/User.cs", "namespace Users; class User { }"), ("a/Money.cs", "static class Money { public const int Cents = 1; }"), ("a/A.cs", "class A { User? user; }"), ("a/B.cs", "class B { int x = Cents; }")],
            [
                ("a/a.csproj", "<Project><ItemGroup><Using Include=\"Users\" /></ItemGroup></Project>"),
                ("Directory.Build.props", "<Project><ItemGroup><Using Include=\"Money\" Static=\"true\" /></ItemGroup></Project>"),
            ]));

    private static IEnumerable<string> Linked(IEnumerable<(string Path, string Text)> files, IReadOnlyList<(string Path, string Text)> projects)
    {
        var language = new CSharpLanguage();
        var read = files.Select(file => new SourceText(new RepoPath(file.Path), language.Read(file.Text))).ToList();
        var tree = new SourceTree(read.Select(file => file.Path), projects.ToDictionary(project => new RepoPath(project.Path), project => project.Text));
        return language.Link(read, tree).Select(use => $"{use.From} uses {use.To}").Order(StringComparer.Ordinal);
    }
}
