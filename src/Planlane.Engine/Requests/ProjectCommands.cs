using Planlane.Values;

namespace Planlane.Requests;

/// <summary>The build and test commands that a repository's own files suggest.</summary>
public static class ProjectCommands
{
    private static readonly (string Marker, string Commands)[] Known =
    [
        (".slnx", "dotnet build; dotnet test"),
        (".sln", "dotnet build; dotnet test"),
        (".csproj", "dotnet build; dotnet test"),
        ("pnpm-lock.yaml", "pnpm run build; pnpm test"),
        ("yarn.lock", "yarn build; yarn test"),
        ("package.json", "npm run build; npm test (see its scripts)"),
        ("Cargo.toml", "cargo build; cargo test"),
        ("go.mod", "go build ./...; go test ./..."),
        ("pyproject.toml", "python -m pytest"),
        ("setup.py", "python -m pytest"),
        ("pom.xml", "mvn -q -o test"),
        ("build.gradle", "gradle test"),
        ("Makefile", "make; make test"),
    ];

    /// <summary>One line for each toolchain that the files show, in the order of how telling the file is.</summary>
    public static ValueList<string> Of(IEnumerable<RepoPath> files)
    {
        var names = files.Where(path => path.Value.Count(letter => letter == '/') <= 2).Select(path => path.Name).ToHashSet(StringComparer.Ordinal);
        return Known.Where(known => names.Any(name => name == known.Marker || (known.Marker[0] == '.' && name.EndsWith(known.Marker, StringComparison.Ordinal))))
            .DistinctBy(known => known.Commands).Select(known => $"{known.Marker}: {known.Commands}").ToValueList();
    }
}
