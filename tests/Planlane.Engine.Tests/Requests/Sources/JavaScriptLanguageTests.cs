using Planlane.Values;

namespace Planlane.Requests.Sources;

public sealed class JavaScriptLanguageTests
{
    private static readonly JavaScriptLanguage Language = new();

    [Theory]
    [InlineData("import a from './a';", "./a")]
    [InlineData("import './side.css';", "./side.css")]
    [InlineData("import a, { b as c } from \"./a.js\"", "./a.js")]
    [InlineData("import * as a from './a'", "./a")]
    [InlineData("import type { A } from './a'", "./a")]
    [InlineData("import { type A, b } from './a'", "./a")]
    [InlineData("import json from './a.json' with { type: 'json' };", "./a.json")]
    [InlineData("export { a } from './a'; export * from './b'; export * as c from './c'", "./a, ./b, ./c")]
    [InlineData("export type { A } from './a'", "./a")]
    [InlineData("const a = require('./a'), b = require(\"b\");", "./a, b")]
    [InlineData("const p = require.resolve('./a')", "./a")]
    [InlineData("import a = require('./a');", "./a")]
    [InlineData("const a = await import('./a');", "./a")]
    [InlineData("const a = import(`./a`);", "./a")]
    [InlineData("type A = import('./a').A;", "./a")]
    [InlineData("const s = `x ${require('./inside')} y`", "./inside")]
    [InlineData("const a = {...require('./a')}", "./a")]
    [InlineData("if (x) { require('./lazy') }", "./lazy")]
    [InlineData("// import './a'\n/* import './b' */ import './c'", "./c")]
    [InlineData("const s = \"import './a'\"; const t = 'require(\"./b\")'; const u = `import './c'`", "")]
    [InlineData("const r = /['\"`]/; import './a'", "./a")]
    [InlineData("const half = a / b; import './a' // '", "./a")]
    [InlineData("return /import '.\\/x'/.test(s)", "")]
    [InlineData("const s = `unclosed; import './a'", "./a")]
    [InlineData("const s = 'unclosed\nimport './a'", "./a")]
    [InlineData("module.require('./a'); x.import('./b'); import.meta.url; ({ import: './c' })", "")]
    [InlineData("const view = <p>Don't stop</p>;\nimport './a'", "./a")]
    [InlineData("#!/usr/bin/env node\nimport './a'", "./a")]
    [InlineData("import\n  a\nfrom\n  './a'", "./a")]
    [InlineData("<template><a href='x'/></template>\n<script setup lang=\"ts\">\nimport A from './A.vue'\n</script>\n<style>@import './b.css'</style>", "./A.vue")]
    public void Read_EveryFormOfImport_IsFound(string text, string expected) => Assert.Equal(expected, PaperTree.Imports(Language, text));

    [Theory]
    [InlineData("./a", "src/a.ts")]
    [InlineData("./a.js", "src/a.ts")]
    [InlineData("./b", "src/b.tsx")]
    [InlineData("./b.jsx", "src/b.tsx")]
    [InlineData("./m.mjs", "src/m.mts")]
    [InlineData("./types", "src/types.d.ts")]
    [InlineData("./plain", "src/plain.js")]
    [InlineData("./folder", "src/folder/index.ts")]
    [InlineData("./folder/", "src/folder/index.ts")]
    [InlineData("./folder/index.js", "src/folder/index.ts")]
    [InlineData("./folder/../a", "src/a.ts")]
    [InlineData(".", "src/index.ts")]
    [InlineData("..", "index.js")]
    [InlineData("../tool.config", "tool.config.js")]
    [InlineData("./icon.vue?raw", "src/icon.vue")]
    [InlineData("./missing", "")]
    [InlineData("../../outside", "")]
    [InlineData("react", "")]
    public void Link_RelativeImport_IsTheFileThatNodeOrTheCompilerTakes(string import, string expected) => Assert.Equal(
        expected,
        PaperTree.Uses(Language, "src/main.ts", $"import '{import}'", "src/a.ts", "src/b.tsx", "src/m.mts", "src/types.d.ts", "src/plain.js", "src/folder/index.ts", "src/index.ts", "index.js", "tool.config.js", "src/icon.vue"));

    [Fact]
    public void Link_ScriptBesideItsSource_TakesItsOwnKind()
    {
        Assert.Equal("a.js", PaperTree.Uses(Language, "main.js", "require('./a')", "a.js", "a.ts"));
        Assert.Equal("a.ts", PaperTree.Uses(Language, "main.ts", "import './a'", "a.js", "a.ts"));
    }

    [Theory]
    [InlineData("@/auth", "web/src/auth.ts")]
    [InlineData("@ui/button", "web/ui/lib/button.ts")]
    [InlineData("config", "web/config/index.ts")]
    [InlineData("components/list", "web/components/list.tsx")]
    [InlineData("lodash", "")]
    public void Link_NamesOfACompilerConfiguration_LeadToPaths(string import, string expected) => Assert.Equal(
        expected,
        PaperTree.Uses(
            Language,
            "web/src/main.ts",
            $"import '{import}'",
            "web/tsconfig.json: { /* base */ \"extends\": \"./tsconfig.base\", }",
            "web/tsconfig.base.json: { \"compilerOptions\": { \"baseUrl\": \".\", \"paths\": { \"@/*\": [\"src/*\"], \"@ui/*\": [\"ui/missing/*\", \"ui/lib/*\"], \"config\": [\"config/index.ts\"], }, }, }",
            "web/src/auth.ts",
            "web/ui/lib/button.ts",
            "web/config/index.ts",
            "web/components/list.tsx"));

    [Theory]
    [InlineData("web", "{ \"references\": [{ \"path\": \"./tsconfig.app.json\" }] }", "web/tsconfig.app.json: { \"compilerOptions\": { \"paths\": { \"#/*\": [\"./src/*\"] } } }")]
    [InlineData("web", "{ \"extends\": [\"@acme/tsconfig/base.json\"] }", "tools/tsconfig/base.json: { \"compilerOptions\": { \"baseUrl\": \"../../web\", \"paths\": { \"#/*\": [\"./src/*\"] } } }")]
    [InlineData("web", "{ \"extends\": \"./tsconfig.json\", \"compilerOptions\": { \"baseUrl\": \".\", \"paths\": { \"#/*\": [\"src/*\"] } } }", "web/readme.md")]
    public void Link_ConfigurationByReferenceOrPackage_IsFollowed(string folder, string configuration, string other) => Assert.Equal(
        "web/src/a.ts",
        PaperTree.Uses(Language, $"{folder}/src/main.ts", "import '#/a'", $"{folder}/tsconfig.json: {configuration}", other, "web/src/a.ts", "tools/tsconfig/package.json: { \"name\": \"@acme/tsconfig\" }"));

    [Theory]
    [InlineData("@acme/ui", "packages/ui/src/index.ts")]
    [InlineData("@acme/ui/button", "packages/ui/src/button.tsx")]
    [InlineData("@acme/ui/icons/home", "packages/ui/src/icons/home.tsx")]
    [InlineData("@acme/log", "packages/log/src/index.ts")]
    [InlineData("@acme/log/src/level", "packages/log/src/level.ts")]
    [InlineData("@acme/core", "packages/core/main.js")]
    [InlineData("@acme/types", "packages/types/src/index.ts")]
    [InlineData("#env", "app/env.ts")]
    [InlineData("app", "app/env.ts")]
    [InlineData("@acme/none", "")]
    public void Link_PackagesOfTheTree_AreFoundByName(string import, string expected) => Assert.Equal(
        expected,
        PaperTree.Uses(
            Language,
            "app/src/main.ts",
            $"import '{import}'",
            "package.json: { \"workspaces\": [\"packages/*\"] }",
            "app/package.json: { \"name\": \"app\", \"exports\": \"./env.js\", \"imports\": { \"#env\": { \"node\": \"./env.js\" } } }",
            "app/env.ts",
            "packages/ui/package.json: { \"name\": \"@acme/ui\", \"exports\": { \".\": { \"types\": \"./dist/index.d.ts\", \"import\": \"./dist/index.js\" }, \"./icons/*\": \"./dist/icons/*.js\", \"./*\": \"./src/*.tsx\" } }",
            "packages/ui/src/index.ts",
            "packages/ui/src/button.tsx",
            "packages/ui/src/icons/home.tsx",
            "packages/log/package.json: { \"name\": \"@acme/log\" }",
            "packages/log/src/index.ts",
            "packages/log/src/level.ts",
            "packages/core/package.json: { \"name\": \"@acme/core\", \"main\": \"main.js\" }",
            "packages/core/main.js",
            "packages/types/package.json: { \"name\": \"@acme/types\", \"main\": \"./lib/index.js\", \"types\": \"./lib/index.d.ts\" }",
            "packages/types/src/index.ts"));

    [Fact]
    public void Link_BrokenConfiguration_IsNone() => Assert.Equal(
        "src/a.ts",
        PaperTree.Uses(Language, "src/main.ts", "import '@/a'; import 'x'", "tsconfig.json: { \"compilerOptions\": { \"paths\": [", "package.json: { \"name\": \"\\ud800\", \"\\ud800\": 1, \"main\": [] }", "src/a.ts"));

    [Fact]
    public void Read_Exports_AreSignaturesWithoutBodies() => Assert.Equal(
        [
            "1 sign | export async function sign(claims: Claims, now = { s: 1 }): Promise<{ token: string }>",
            "2 Tokens | export abstract class Tokens<T = {}> extends Base implements Store<T>",
            "4 Tokens.constructor | constructor(readonly key: Key)",
            "6 Tokens.verify | public async verify(token: string): Promise<T | null>",
            "8 Tokens.ready | get ready(): boolean",
            "9 Tokens.handler | handler = async (request: Request)",
            "11 Claims | export interface Claims",
            "11 Claims.subject | subject: string",
            "11 Claims.scopes | scopes?: string[]",
            "12 Kind | export type Kind = 'a' | 'b'",
            "13 Role | export enum Role",
            "14 limit | export const limit: number",
            "15 hash | export const hash = (text: string): string",
            "16 routes | export let routes",
            "17 main | export default function main(argv)",
            "19 inner | function hidden(a, b)",
            "18 outer | outer",
            "20 * | export * from './other'",
            "20 all | export * as all from './other'",
        ],
        PaperTree.Signatures(Language, """
            export async function sign(claims: Claims, now = { s: 1 }): Promise<{ token: string }> { return x }
            export abstract class Tokens<T = {}> extends Base implements Store<T> {
              private secret = { export: 1 }
              constructor(readonly key: Key) { super(); this.a = () => { b() } }
              #hidden(a) {}
              public async verify(token: string): Promise<T | null> { if (a) { b() } }
              protected other(): void {}
              @Memo() get ready(): boolean { return true }
              handler = async (request: Request) => { return 1 }
            }
            export interface Claims { subject: string; scopes?: string[] }
            export type Kind = 'a' | 'b'
            export enum Role { Admin }
            export const limit: number = 5
            export const hash = (text: string): string => text
            export let routes = Router().get('/', x => x)
            export default function main(argv) {}
            export { hidden as inner, outer }
            function hidden(a, b) { return 1 }
            export * from './other'; export * as all from './other'
            """));

    [Fact]
    public void Read_CommonJsExports_AreSignatures() => Assert.Equal(
        [
            "1 default | function createApplication(options)",
            "2 static | exports.static",
            "3 etag | exports.etag = function (body, encoding)",
            "5 helper | function helper(a)",
            "5 other | function helper(a)",
            "4 run | run(task)",
        ],
        PaperTree.Signatures(Language, """
            exports = module.exports = createApplication; function createApplication(options) { module.exports == 1 }
            exports.static = require('serve-static');
            exports.etag = function (body, encoding) { return 1 }
            module.exports = { helper, other: helper, run(task) { }, ...rest };
            function helper(a) { exports.a.b = 1 }
            """));

    [Theory]
    [InlineData("a/b.tsx", true)]
    [InlineData("a/b.cjs", true)]
    [InlineData("App.vue", true)]
    [InlineData("jquery.min.js", false)]
    [InlineData("a.json", false)]
    [InlineData("ts", false)]
    public void Reads_APath_ByItsEnding(string path, bool expected) => Assert.Equal(expected, Language.Reads(new RepoPath(path)));
}
