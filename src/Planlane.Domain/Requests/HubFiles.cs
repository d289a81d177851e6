using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Tells which files many parts of a repository touch, so that two tasks that change them at once would meet.</summary>
public static partial class HubFiles
{
    /// <summary>The fewest dependants of a hub, however small the repository is: a file that a dozen others use is changed for many reasons.</summary>
    public const int LeastDependants = 12;

    /// <summary>The smallest share of the source files that use a hub. In a large repository a dozen users are a corner of it, not the whole.</summary>
    public const double LeastShare = 0.01;

    /// <summary>How many files of its own folder a barrel gathers at least; one that passes on a single file is only a short name for it.</summary>
    public const int LeastGathered = 3;

    private static readonly HashSet<string> LockNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock", "Cargo.lock", "go.sum", "go.work.sum",
        "packages.lock.json", "poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "Gemfile.lock", "composer.lock", "gradle.lockfile", "flake.lock",
    };

    private static readonly HashSet<string> BarrelNames = new(StringComparer.Ordinal)
    {
        "index.ts", "index.tsx", "index.mts", "index.js", "index.jsx", "index.mjs", "__init__.py", "mod.rs", "lib.rs",
    };

    /// <summary>What a file is by its path alone, also one that does not exist yet; null when its path says nothing.</summary>
    public static HubKind? OfPath(RepoPath path) => path switch
    {
        _ when LockNames.Contains(path.Name) => HubKind.LockFile,
        _ when ProjectName().IsMatch(path.Name) => HubKind.Project,
        _ when MigrationPath().IsMatch(path.Value) && !BarrelNames.Contains(path.Name) => HubKind.Migration,
        _ when RoutesName().IsMatch(path.Name) => HubKind.Routes,
        _ when RegistrationName().IsMatch(path.Name) => HubKind.Registration,
        _ => null,
    };

    /// <summary>Why many parts touch a file, or null when it is none of those.</summary>
    /// <param name="path">The file.</param>
    /// <param name="uses">The files that it uses.</param>
    /// <param name="dependants">How many files use it; at least 0.</param>
    /// <param name="sources">How many source files the repository has; at least 0.</param>
    public static HubKind? Of(RepoPath path, ValueList<RepoPath> uses, int dependants, int sources) =>
        OfPath(path)
        ?? (IsBarrel(path, uses) ? HubKind.Registration : dependants >= DependantsOfAHub(sources) ? HubKind.ManyDependants : null);

    /// <summary>How many dependants make a file a hub in a repository of so many source files.</summary>
    public static int DependantsOfAHub(int sources) => Math.Max(LeastDependants, (int)Math.Ceiling(sources * LeastShare));

    /// <summary>Why many parts touch a file, as words that follow its name.</summary>
    /// <param name="kind">What kind of hub it is.</param>
    /// <param name="dependants">How many files use it.</param>
    public static string ReasonOf(HubKind kind, int dependants) => kind switch
    {
        HubKind.Registration => "puts the parts together",
        HubKind.Routes => "names the routes",
        HubKind.Project => "says what belongs to a project and what it depends on",
        HubKind.LockFile => "a tool writes it from the project files",
        HubKind.Migration => "its place in the sequence of migrations counts",
        _ => $"{dependants} files use it",
    };

    // Every new file of its folder adds a line to it.
    private static bool IsBarrel(RepoPath path, ValueList<RepoPath> uses)
    {
        var folder = path.Folder.Length == 0 ? "" : path.Folder + "/";
        return BarrelNames.Contains(path.Name) && uses.Count(used => used.Value.StartsWith(folder, StringComparison.Ordinal)) >= LeastGathered;
    }

    [GeneratedRegex(
        @"^(?:.+\.(?:cs|fs|vb|vcx)proj|.+\.slnx?|Directory\..+\.(?:props|targets)|global\.json|nuget\.config|package\.json|pnpm-workspace\.yaml|deno\.jsonc?|[tj]sconfig(?:\..+)?\.json|Cargo\.toml|go\.(?:mod|work)|pyproject\.toml|setup\.(?:py|cfg)|requirements(?:[-_.].+)?\.txt|Pipfile|pom\.xml|(?:build|settings)\.gradle(?:\.kts)?|libs\.versions\.toml|CMakeLists\.txt|Gemfile|composer\.json)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ProjectName();

    [GeneratedRegex(@"(?:^|/)(?:migrations?|db/migrate|alembic/versions)/(?:.+/)?[^/]+\.(?:cs|py|sql|ts|js|rb|go|java|kt|php)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MigrationPath();

    [GeneratedRegex(@"^(?:routes?|router|routing|urls|app[-.]routing\.module|app\.routes|RouteConfig)\.(?:cs|ts|tsx|js|jsx|mjs|py|rb|go|rs|java|kt|php)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RoutesName();

    [GeneratedRegex(
        @"^(?:Program\.cs|Startup\.cs|.*(?:ServiceCollection|EndpointRouteBuilder|ApplicationBuilder|DependencyInjection)(?:Extensions?)?\.cs|app\.module\.[tj]s|(?:app|server|main)\.(?:[tj]sx?|mjs)|(?:app|wsgi|asgi|settings|conftest|manage)\.py|main\.(?:go|rs|py)|.+Application\.(?:java|kt)|module-info\.java)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex RegistrationName();
}
