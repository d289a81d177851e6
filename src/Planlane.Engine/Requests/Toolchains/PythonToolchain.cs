using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Requests.Toolchains;

/// <summary>The test commands of Python projects, in the environment that their tool makes; there is nothing to build.</summary>
internal static class PythonToolchain
{
    private static readonly string[] Manifests = ["pyproject.toml", "setup.py", "setup.cfg", "pytest.ini", "tox.ini", "requirements.txt"];
    private static readonly string[] TestFolders = ["tests", "test"];

    public static IEnumerable<ProjectCommand> Find(ProjectFolders folders)
    {
        var covered = new List<string>();
        foreach (var folder in folders.All)
        {
            if (folders.FirstOf(folder, Manifests) is not { } source || covered.Exists(above => Folders.Holds(above, folder)) || TestOf(folders, folder) is not { } test)
                continue;
            covered.Add(folder);
            yield return new ProjectCommand("python", Folders.In(folder, source), null, ProjectFolders.In(folder, test));
        }
    }

    private static string? TestOf(ProjectFolders folders, string folder)
    {
        var project = new TomlText(folders.TextOf(folder, "pyproject.toml"));
        var runner = RunnerOf(folders, folder, project);
        if (UsesPytest(folders, folder, project))
            return runner.Length == 0 ? "python -m pytest" : $"{runner}pytest";
        if (folders.Has(folder, "tox.ini") || project.HasTable("tool.tox"))
            return $"{runner}tox";
        if (!folders.AnyBelow(folder, IsTest))
            return null;
        var tests = TestFolders.Select(name => Folders.In(folder, name)).FirstOrDefault(tests => folders.All.Contains(tests) && !folders.Has(tests, "__init__.py"));
        return $"{runner}python -m unittest discover{(tests is null ? "" : $" -s {new RepoPath(tests).Name}")}";
    }

    private static string RunnerOf(ProjectFolders folders, string folder, TomlText project)
    {
        if (folders.Has(folder, "uv.lock") || project.HasTable("tool.uv"))
            return "uv run ";
        if (folders.Has(folder, "poetry.lock") || project.HasTable("tool.poetry"))
            return "poetry run ";
        return folders.Has(folder, "pdm.lock") || project.HasTable("tool.pdm") ? "pdm run " : "";
    }

    private static bool UsesPytest(ProjectFolders folders, string folder, TomlText project) =>
        project.HasTable("tool.pytest") || folders.Has(folder, "pytest.ini")
        || folders.TextOf(folder, "setup.cfg").Contains("[tool:pytest]", StringComparison.Ordinal) || folders.TextOf(folder, "tox.ini").Contains("[pytest]", StringComparison.Ordinal)
        || Manifests.Any(name => name != "tox.ini" && folders.TextOf(folder, name).Contains("pytest", StringComparison.Ordinal))
        || folders.AnyBelow(folder, path => path.Name == "conftest.py");

    private static bool IsTest(RepoPath path) => path.Name.StartsWith("test", StringComparison.Ordinal) && path.Name.EndsWith(".py", StringComparison.Ordinal);
}
