using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Planlane.Requests.Sources;

namespace Planlane.Planning.Contracts;

/// <summary>The assemblies that C# contracts are compiled against: the framework that we run on, and packages that the user has restored.</summary>
/// <param name="root">The root of the user's work tree, where restoring has left its lists.</param>
internal sealed class CSharpAssemblies(string root)
{
    private static readonly string FrameworkFolder = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
    private static readonly Lazy<IReadOnlyList<MetadataReference>> BaseFramework = new(() => ReferencesIn(FrameworkFolder));
    private static readonly Lazy<IReadOnlyList<MetadataReference>> AspNet = new(() => AspNetFolder() is { } folder ? ReferencesIn(folder) : []);

    /// <summary>The assemblies of a project, and the names of those that it needs and that are not here.</summary>
    public (IReadOnlyList<MetadataReference> References, IReadOnlyList<string> Missing) Of(CSharpProject project)
    {
        var references = new List<MetadataReference>(BaseFramework.Value);
        var missing = new List<string>();
        if (project.UsesAspNet)
            references.AddRange(AspNet.Value);
        if (project.UsesAspNet && AspNet.Value.Count == 0)
            missing.Add("ASP.NET Core");
        if (project.HasOtherReferences)
            missing.Add($"what {project.Path} references beside packages");
        if (project.Packages.Count > 0)
            AddPackages(project, references, missing);
        return (references, missing);
    }

    private void AddPackages(CSharpProject project, List<MetadataReference> references, List<string> missing)
    {
        if (AssetsOf(project) is not { } file)
        {
            missing.AddRange(project.Packages);
            return;
        }

        try
        {
            using var assets = JsonDocument.Parse(File.ReadAllBytes(file));
            var known = references.Select(reference => Path.GetFileName(reference.Display)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var packages = PackagesOf(assets.RootElement).ToList();
            references.AddRange(packages.SelectMany(package => package.Files).Where(path => File.Exists(path) && known.Add(Path.GetFileName(path))).Select(path => MetadataReference.CreateFromFile(path)));
            missing.AddRange(packages.Where(package => package.Files.Any(path => !File.Exists(path))).Select(package => package.Name));
            missing.AddRange(project.Packages.Where(name => !packages.Any(package => package.Name.Equals(name, StringComparison.OrdinalIgnoreCase))));
        }
        catch (Exception cause) when (cause is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A list that another version wrote, or that is being written, is no list.
            missing.AddRange(project.Packages);
        }
    }

    // Beside the project, or below the folder that collects what is built.
    private string? AssetsOf(CSharpProject project)
    {
        var name = Path.GetFileNameWithoutExtension(project.Path.Name);
        var candidates = new List<string> { Path.Combine(root, project.Folder, "obj") };
        for (var folder = project.Folder; ; folder = Path.GetDirectoryName(folder)?.Replace('\\', '/') ?? "")
        {
            candidates.Add(Path.Combine(root, folder, "artifacts", "obj", name));
            if (folder.Length == 0)
                break;
        }

        return candidates.Select(folder => Path.Combine(folder, "project.assets.json")).FirstOrDefault(File.Exists);
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Files)> PackagesOf(JsonElement assets)
    {
        var folders = assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var target = assets.GetProperty("targets").EnumerateObject().Select(item => item.Value).FirstOrDefault();
        foreach (var library in target.EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package"))
        {
            var path = assets.GetProperty("libraries").GetProperty(library.Name).GetProperty("path").GetString()!;
            var files = library.Value.TryGetProperty("compile", out var compile) ? compile.EnumerateObject().Select(file => file.Name).Where(file => file.EndsWith(".dll", StringComparison.Ordinal)) : [];
            yield return (library.Name.Split('/')[0], [.. files.Select(file => folders.Select(folder => Path.Combine(folder, path, file)).FirstOrDefault(File.Exists) ?? Path.Combine(folders[0], path, file))]);
        }
    }

    private static string? AspNetFolder()
    {
        var version = Path.GetFileName(FrameworkFolder);
        var all = Path.Combine(FrameworkFolder, "..", "..", "Microsoft.AspNetCore.App");
        return !Directory.Exists(all) ? null
            : Directory.Exists(Path.Combine(all, version)) ? Path.GetFullPath(Path.Combine(all, version))
            : Directory.EnumerateDirectories(all, version.Split('.')[0] + ".*").Order(StringComparer.Ordinal).LastOrDefault();
    }

    private static IReadOnlyList<MetadataReference> ReferencesIn(string folder) => [.. Directory.EnumerateFiles(folder, "*.dll").Where(IsManaged).Select(file => MetadataReference.CreateFromFile(file))];

    private static bool IsManaged(string file)
    {
        try
        {
            return AssemblyName.GetAssemblyName(file).Name is not null;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
