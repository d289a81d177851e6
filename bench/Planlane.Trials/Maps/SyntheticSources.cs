using System.Text;
using Planlane.Values;

namespace Planlane.Trials.Maps;

/// <summary>Source files in several languages that use each other as real ones do: most uses lie within an area, some go to its neighbours, and a few files are used by all.</summary>
/// <remarks>The same number gives the same files.</remarks>
internal static class SyntheticSources
{
    private const int FilesOfAnArea = 25;
    private const int Methods = 8;
    private const int UsesOfAFile = 5;

    private static readonly string[] Extensions = [".cs", ".ts", ".py", ".go", ".java", ".rs"];

    // The parts of a product whose main language is C#, in percent: the sum is 100.
    private static readonly (string Language, int Percent)[] Mix = [("cs", 40), ("ts", 25), ("py", 15), ("go", 8), ("java", 8), ("rs", 4)];

    public static bool IsSource(RepoPath path) => Extensions.Any(extension => path.Name.EndsWith(extension, StringComparison.Ordinal));

    public static IEnumerable<(string Path, string Text)> Of(int files)
    {
        yield return ("README.md", "# A product\n");
        yield return ("AGENTS.md", "Keep methods short. Test what you write.\n");
        yield return ("cs/Product.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>\n");
        yield return ("ts/package.json", "{ \"name\": \"product\", \"scripts\": { \"build\": \"tsc\", \"test\": \"vitest\" } }\n");
        yield return ("go/go.mod", "module example.org/product\n\ngo 1.24\n");
        yield return ("py/pyproject.toml", "[project]\nname = \"product\"\nversion = \"1.0.0\"\n");
        yield return ("rs/Cargo.toml", "[package]\nname = \"product\"\nversion = \"1.0.0\"\nedition = \"2024\"\n");
        yield return ("java/pom.xml", "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>product</artifactId><version>1</version></project>\n");
        foreach (var (language, percent) in Mix)
        {
            var count = files * percent / 100;
            for (var number = 0; number < count; number++)
                yield return (PathOf(language, number), TextOf(language, number, count));
        }

        var areas = Enumerable.Range(0, ((files * 4 / 100) + FilesOfAnArea - 1) / FilesOfAnArea);
        yield return ("rs/src/lib.rs", string.Concat(areas.Select(area => $"pub mod area{area};\n")));
        foreach (var area in areas)
            yield return ($"rs/src/area{area}/mod.rs", string.Concat(Enumerable.Range(area * FilesOfAnArea, Math.Min(FilesOfAnArea, (files * 4 / 100) - (area * FilesOfAnArea))).Select(number => $"pub mod unit{number};\n")));
    }

    private static string PathOf(string language, int number)
    {
        var area = number / FilesOfAnArea;
        return language switch
        {
            "cs" => $"cs/Area{area}/Unit{number}.cs",
            "ts" => $"ts/src/area{area}/unit{number}.ts",
            "py" => $"py/product/area{area}/unit{number}.py",
            "go" => $"go/area{area}/unit{number}.go",
            "java" => $"java/src/main/java/org/example/area{area}/Unit{number}.java",
            _ => $"rs/src/area{area}/unit{number}.rs",
        };
    }

    // The first file is what all use; then some of the same area, and one elsewhere.
    private static List<int> UsedBy(int number, int count)
    {
        var area = number / FilesOfAnArea * FilesOfAnArea;
        var used = new List<int> { 0 };
        for (var use = 1; use < UsesOfAFile; use++)
            used.Add(use == 1 ? ((number * 7919) + 13) % count : area + (((number * 31) + (use * 7)) % FilesOfAnArea));
        return [.. used.Where(other => other < number).Distinct()];
    }

    private static string TextOf(string language, int number, int count)
    {
        var (used, area) = (UsedBy(number, count), number / FilesOfAnArea);
        return language switch
        {
            "cs" => CSharp(number, area, used),
            "ts" => Lines(used.Select(other => $"import {{ Unit{other} }} from '../area{other / FilesOfAnArea}/unit{other}';"))
                + Body($"export class Unit{number} {{", method => $"  order{method}(value: number): number {{ return value + {method}; }}", "}"),
            "py" => Lines(used.Select(other => $"from product.area{other / FilesOfAnArea}.unit{other} import Unit{other}"))
                + Body($"class Unit{number}:", method => $"    def order{method}(self, value: int) -> int:\n        return value + {method}", ""),
            "go" => Go(number, area, used),
            "java" => $"package org.example.area{area};\n" + Lines(used.Select(other => $"import org.example.area{other / FilesOfAnArea}.Unit{other};"))
                + Body($"public class Unit{number} {{", method => $"    public int order{method}(int value) {{ return value + {method}; }}", "}"),
            _ => Lines(used.Select(other => $"use crate::area{other / FilesOfAnArea}::unit{other}::Unit{other};"))
                + Body($"pub struct Unit{number};\nimpl Unit{number} {{", method => $"    pub fn order{method}(&self, value: i32) -> i32 {{ value + {method} }}", "}"),
        };
    }

    private static string CSharp(int number, int area, List<int> used) =>
        Lines(used.Select(other => other / FilesOfAnArea).Where(other => other != area).Distinct().Select(other => $"using Product.Area{other};")) + $"namespace Product.Area{area};\n"
        + Body(
            $"/// <summary>Part {number} of the order service.</summary>\npublic sealed class Unit{number}({string.Join(", ", used.Select(other => $"Unit{other} unit{other}"))})\n{{",
            method => $"    /// <summary>Way {method}.</summary>\n    public int Order{method}(int value) => value + {method}{(method == 0 ? string.Concat(used.Select(other => $" + unit{other}.Order0(value)")) : "")};",
            "}");

    private static string Go(int number, int area, List<int> used)
    {
        var foreign = used.Select(other => other / FilesOfAnArea).Where(other => other < area).Distinct().ToList();
        return $"package area{area}\n" + (foreign.Count == 0 ? "" : $"import (\n{Lines(foreign.Select(other => $"\t\"example.org/product/area{other}\""))})\n")
            + Body($"type Unit{number} struct {{ {string.Join("; ", used.Where(other => other / FilesOfAnArea == area).Select(other => $"u{other} *Unit{other}"))} }}", method => $"func (u Unit{number}) Order{method}(value int) int {{ return value + {method} }}", "");
    }

    private static string Body(string open, Func<int, string> method, string close) =>
        new StringBuilder(open).Append('\n').Append(Lines(Enumerable.Range(0, Methods).Select(method))).Append(close).Append('\n').ToString();

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
