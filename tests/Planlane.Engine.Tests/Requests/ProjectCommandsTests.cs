using Planlane.Values;

namespace Planlane.Requests;

public sealed class ProjectCommandsTests
{
    public static TheoryData<string, string> Trees => new()
    {
        { "App.slnx | src/App/App.csproj | tests/App.Tests/App.Tests.csproj", "dotnet App.slnx: dotnet build; dotnet test" },
        { "App.sln | App.slnx | tests/T.csproj", "dotnet App.slnx: dotnet build App.slnx; dotnet test App.slnx" },
        { "App.sln | App.csproj | tests/T.csproj | global.json={\"test\":{\"runner\":\"Microsoft.Testing.Platform\"}}", "dotnet App.sln: dotnet build App.sln; dotnet test --solution App.sln" },
        { "api/Api.csproj | api.tests/Api.Tests.csproj", "dotnet api/Api.csproj: cd api && dotnet build; - dotnet api.tests/Api.Tests.csproj: cd api.tests && dotnet build; cd api.tests && dotnet test" },
        { "package.json={\"scripts\":{\"build\":\"tsc\",\"test\":\"vitest run\"}}", "npm package.json: npm run build; npm test" },
        { "package.json={\"scripts\":{\"test\":\"echo \\\"Error: no test specified\\\" && exit 1\"}}", "" },
        { "package.json={\"packageManager\":\"pnpm@9.1.0\",\"scripts\":{\"typecheck\":\"tsc --noEmit\"}}", "pnpm package.json: pnpm run typecheck; -" },
        { "yarn.lock | web/package.json={\"scripts\":{\"test\":\"jest\"}}", "yarn web/package.json: -; cd web && yarn test" },
        { "bun.lock | package.json={\"workspaces\":[\"a\"],\"scripts\":{\"test\":\"bun test\"}} | a/package.json={\"scripts\":{\"test\":\"x\"}}", "bun package.json: -; bun run test" },
        { "package.json={broken", "" },
        { "Cargo.toml=[workspace]\nmembers = [\"a\"] | a/Cargo.toml=[package]", "cargo Cargo.toml: cargo build --workspace; cargo test --workspace" },
        { "Cargo.toml=[package] | tool/Cargo.toml=[package]", "cargo Cargo.toml: cargo build; cargo test cargo tool/Cargo.toml: cd tool && cargo build; cd tool && cargo test" },
        { "go.mod | a_test.go | tools/go.mod", "go go.mod: go build ./...; go test ./... go tools/go.mod: cd tools && go build ./...; -" },
        { "pyproject.toml=[tool.pytest.ini_options]\naddopts = \"-q\"", "python pyproject.toml: -; python -m pytest" },
        { "pyproject.toml=[project] | uv.lock | tests/conftest.py", "python pyproject.toml: -; uv run pytest" },
        { "pyproject.toml=[tool.poetry]\nname = \"x\"\n[tool.poetry.group.dev.dependencies]\npytest = \"^8\"", "python pyproject.toml: -; poetry run pytest" },
        { "setup.py | tox.ini=[tox]\nenvlist = py", "python setup.py: -; tox" },
        { "setup.py | tests/test_a.py", "python setup.py: -; python -m unittest discover -s tests" },
        { "setup.py | pkg/tests/__init__.py | pkg/tests/test_a.py", "python setup.py: -; python -m unittest discover" },
        { "setup.py | pkg/a.py", "" },
        { "pom.xml | mvnw | core/pom.xml", "maven pom.xml: ./mvnw -B test-compile; ./mvnw -B test" },
        { "settings.gradle.kts | build.gradle.kts | gradlew | app/build.gradle.kts", "gradle settings.gradle.kts: ./gradlew assemble; ./gradlew test" },
        { "server/build.gradle", "gradle server/build.gradle: cd server && gradle assemble; cd server && gradle test" },
        { "Makefile=CC := gcc\nall check: x\n\tmake no:\n.PHONY: all\nbuild = 1\n# test: x", "make Makefile: make all; make check" },
        { "Makefile=x:\n\ttrue", "" },
        { "a b/Makefile=test:", "make a b/Makefile: -; cd 'a b' && make test" },
        { "Makefile=test: | go.mod | web/package.json={\"scripts\":{\"build\":\"vite build\"}}", "go go.mod: go build ./...; - make Makefile: -; make test npm web/package.json: cd web && npm run build; -" },
        { "node_modules/x/package.json={\"scripts\":{\"test\":\"x\"}} | examples/a/go.mod | a/b/c/d/Cargo.toml | readme.md", "" },
    };

    [Theory]
    [MemberData(nameof(Trees))]
    public void Of_ATree_NamesCommandsThatItsFilesShow(string tree, string expected)
    {
        var files = tree.Split(" | ").Select(file => file.Split('=', 2)).ToDictionary(parts => new RepoPath(parts[0]), parts => parts.ElementAtOrDefault(1) ?? "");
        var manifests = files.Where(file => ProjectCommands.NeedsText(file.Key)).ToDictionary();

        var commands = ProjectCommands.Of(files.Keys, manifests);

        Assert.Equal(expected, string.Join(' ', commands.Select(command => $"{command.Toolchain} {command.Source}: {command.Build ?? "-"}; {command.Test ?? "-"}")));
    }

    [Fact]
    public void Of_ManyProjects_IsTwelveOfTheOutermost()
    {
        var files = Enumerable.Range(0, 30).Select(number => new RepoPath($"tools/t{number:00}/go.mod")).Append(new RepoPath("go.mod"));

        var commands = ProjectCommands.Of(files, new Dictionary<RepoPath, string>());

        Assert.Equal(["go.mod", .. Enumerable.Range(0, 11).Select(number => $"tools/t{number:00}/go.mod")], commands.Select(command => command.Source));
    }
}
