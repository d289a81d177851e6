using System.ComponentModel;
using System.Diagnostics;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>What the languages' own tools find in a tree on disk, against what is found by reading. A tool that is not installed is asked nothing.</summary>
public sealed class RealToolTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("planlane-tools-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Link_RequiresOfATree_AreThoseThatNodeResolves()
    {
        string[] imports =
        [
            "./a", "./a.js", "./both", "./folder", "./folder/", "./folder/index", "./entry", ".", "..", "../lib/deep", "./missing", "./module.mjs", "./common.cjs", "@acme/ui", "@acme/ui/button", "@acme/ui/icons/home",
            "@acme/ui/hidden", "@acme/old", "@acme/old/lib/part", "#env", "./a/../a", "node:fs", "fs", "../app/a",
        ];
        (string Path, string Text)[] files =
        [
            ("package.json", "{ \"name\": \"root\", \"main\": \"lib/deep.js\" }"), ("index.js", ""), ("lib/deep.js", ""),
            ("app/package.json", "{ \"name\": \"app\", \"imports\": { \"#env\": { \"node\": \"./env/server.js\", \"default\": \"./env/web.js\" } } }"),
            ("app/main.js", string.Concat(imports.Select(import => $"require('{import}');\n"))), ("app/a.js", ""), ("app/both.js", ""), ("app/both/index.js", ""), ("app/index.js", ""),
            ("app/folder/index.js", ""), ("app/entry/package.json", "{ \"main\": \"./start\" }"), ("app/entry/start.js", ""), ("app/entry/index.js", ""),
            ("app/module.mjs", ""), ("app/common.cjs", ""), ("app/env/server.js", ""), ("app/env/web.js", ""),
            ("packages/ui/package.json", "{ \"name\": \"@acme/ui\", \"exports\": { \".\": { \"require\": \"./main.cjs\", \"default\": \"./main.mjs\" }, \"./icons/*\": \"./svg/*.js\", \"./*\": \"./parts/*.js\" } }"),
            ("packages/ui/main.cjs", ""), ("packages/ui/main.mjs", ""), ("packages/ui/parts/button.js", ""), ("packages/ui/svg/home.js", ""),
            ("packages/old/package.json", "{ \"name\": \"@acme/old\", \"main\": \"lib/start.js\" }"), ("packages/old/lib/start.js", ""), ("packages/old/lib/part.js", ""),
        ];
        Write(files);
        Directory.CreateDirectory(At("node_modules/@acme"));
        foreach (var name in new[] { "ui", "old" })
            Directory.CreateSymbolicLink(At($"node_modules/@acme/{name}"), At($"packages/{name}"));
        await File.WriteAllTextAsync(At("ask.js"), """
            const path = require('path'), fs = require('fs'), root = fs.realpathSync(__dirname), from = require('module').createRequire(path.join(root, 'app/main.js'));
            for (const name of process.argv.slice(2)) {
              let found = '';
              try { found = from.resolve(name) } catch { }
              if (path.isAbsolute(found)) console.log(`app/main.js -> ${path.relative(root, found)}`);
            }
            """, TestContext.Current.CancellationToken);

        var expected = await LinesOfAsync("node", ["ask.js", .. imports]);

        Assert.Equal(expected, PaperTree.Uses(new JavaScriptLanguage(), files));
    }

    [Fact]
    public async Task Link_ImportsOfAPackage_AreThoseThatPythonFinds()
    {
        (string Path, string Text)[] files =
        [
            ("src/shop/__init__.py", "from .cart import Cart\nname = 'shop'\n"),
            ("src/shop/cart.py", "import os, shop.pay.card as card\nfrom . import money as m, name\nclass Cart:\n    def pay(self):\n        from .pay import charge, missing_name\n        return charge\n"),
            ("src/shop/money.py", "\"\"\"\nimport shop.cart\n\"\"\"\nfrom __future__ import annotations\ntry:\n    import shop.nothing\nexcept ImportError:\n    import shop.pay\n"),
            ("src/shop/pay/__init__.py", "from shop.pay.card import (\n    Card,  # from . import x\n)\ndef charge(): return '''\nfrom shop import money\n'''\n"),
            ("src/shop/pay/card.py", "from .. import money\nfrom ..cart import *\nfrom ... import above\nclass Card: pass\n"),
            ("src/plugins/one.py", "import shop; from shop import cart, name\n"),
            ("src/main.py", "if True: import plugins.one\nfrom plugins import one\nimport shop.pay\nx = \"import shop.money\"\n"),
        ];
        Write(files);
        await File.WriteAllTextAsync(At("ask.py"), """
            import ast, os, sys
            root = os.path.dirname(os.path.realpath(__file__))
            source = os.path.join(root, 'src')

            def file_of(name):
                base = os.path.join(source, *name.split('.'))
                return name and next((found for found in (os.path.join(base, '__init__.py'), base + '.py') if os.path.isfile(found)), None)

            pairs = set()
            for folder, _, names in os.walk(source):
                for name in names:
                    path = os.path.join(folder, name)
                    package = os.path.relpath(folder, source).replace(os.sep, '.').strip('.')
                    used = []
                    for node in ast.walk(ast.parse(open(path).read())):
                        if isinstance(node, ast.Import):
                            # A missing module of a package still runs the package.
                            used += [file_of(alias.name) or file_of(alias.name.rpartition('.')[0]) for alias in node.names]
                        elif isinstance(node, ast.ImportFrom):
                            parts = package.split('.') if package else []
                            if node.level > len(parts):
                                continue
                            base = '.'.join(parts[:len(parts) - node.level + 1] if node.level else [])
                            module = '.'.join(part for part in (base, node.module) if part)
                            used += [file_of(f'{module}.{alias.name}') or file_of(module) for alias in node.names]
                    pairs |= {(path, other) for other in used if other and other != path}
            for path, other in pairs:
                print(os.path.relpath(path, root), '->', os.path.relpath(other, root))
            """, TestContext.Current.CancellationToken);

        var expected = await LinesOfAsync("python3", ["ask.py"]);

        Assert.Equal(expected, PaperTree.Uses(new PythonLanguage(), files));
    }

    [Fact]
    public async Task Link_ModulesOfACrate_AreThoseThatTheCompilerReads()
    {
        (string Path, string Text)[] files =
        [
            ("Cargo.toml", "[package]\nname = \"acme\""),
            ("src/lib.rs", "pub mod auth;\n#[path = \"odd/place.rs\"]\nmod renamed;\npub mod inline { pub mod deep; pub mod more { pub mod deepest; } }\n// mod not;\nconst TEXT: &str = \"mod nor_this;\";\n"),
            ("src/auth/mod.rs", "pub mod jwt;\nmod r#type;\n"), ("src/auth/jwt.rs", "mod key;\n"), ("src/auth/jwt/key.rs", ""), ("src/auth/type.rs", ""),
            ("src/odd/place.rs", "mod beside;\n"), ("src/odd/beside.rs", ""), ("src/inline/deep.rs", ""), ("src/inline/more/deepest.rs", ""), ("src/not.rs", ""), ("src/nor_this.rs", ""),
        ];
        Write(files);

        var rules = await LinesOfAsync("rustc", ["--edition", "2021", "--crate-type", "lib", "--emit", "dep-info=found.d", "src/lib.rs"]);
        var read = (await File.ReadAllLinesAsync(At("found.d"), TestContext.Current.CancellationToken))[0].Split(": ")[1].Split(' ').Where(file => file != "src/lib.rs").Order(StringComparer.Ordinal);

        Assert.Empty(rules);
        Assert.Equal(read, PaperTree.Uses(new RustLanguage(), files).Select(use => use.Split(" -> ")[1]).Order(StringComparer.Ordinal));
    }

    private string At(string path) => Path.Combine(_root, path);

    private void Write(IEnumerable<(string Path, string Text)> files)
    {
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(At(new RepoPath(path).Folder));
            File.WriteAllText(At(path), text);
        }
    }

    // The lines that a tool prints, in order; the test is skipped where it is not installed.
    private async Task<IReadOnlyList<string>> LinesOfAsync(string tool, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { WorkingDirectory = _root, RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal)];
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{tool} is not installed.");
            return [];
        }
    }
}
