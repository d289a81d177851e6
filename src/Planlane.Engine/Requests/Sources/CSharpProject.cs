using System.Xml.Linq;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>What a C# project file and the settings above it say of the files that it compiles.</summary>
internal sealed record CSharpProject(RepoPath Path)
{
    // What the SDKs bring in, from Microsoft.NET.Sdk.CSharp.props, Microsoft.NET.Sdk.Web.props and Microsoft.NET.Sdk.Worker.props of the .NET 10 SDK.
    private static readonly string[] Implicit = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];
    private static readonly string[] ImplicitWorker = ["Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging"];
    private static readonly string[] ImplicitWeb = ["System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing"];

    /// <summary>The folder that it lies in; empty at the root.</summary>
    public string Folder => Path.Folder;

    /// <summary>The name of the assembly that it makes.</summary>
    public string Assembly { get; private init; } = "";

    /// <summary>The SDK that it names.</summary>
    public string Sdk { get; private init; } = "";

    /// <summary>The projects that it references, by their paths from the root.</summary>
    public ValueList<string> References { get; private init; } = [];

    /// <summary>Source files that it names itself, without wildcards.</summary>
    public ValueList<RepoPath> Compiled { get; private init; } = [];

    /// <summary>Its using directives, and with implicit usings those of its SDK.</summary>
    public ValueList<CSharpUsing> Usings { get; private init; } = [];

    /// <summary>The assemblies that may see what is internal; one that cannot be read is <c>*</c>.</summary>
    public ValueList<string> Friends { get; private init; } = [];

    /// <summary>The packages that it references.</summary>
    public ValueList<string> Packages { get; private init; } = [];

    /// <summary>Whether it needs assemblies that are neither packages nor the base framework and ASP.NET: a desktop framework, a file, a COM library.</summary>
    public bool HasOtherReferences { get; private init; }

    /// <summary>Whether it uses the shared framework of ASP.NET.</summary>
    public bool UsesAspNet { get; private init; }

    /// <summary>Its C# version as it is written, or null.</summary>
    public string? LanguageVersion { get; private init; }

    /// <summary>Whether references may be null only where it is said.</summary>
    public bool IsNullable { get; private init; }

    /// <summary>Reads a project.</summary>
    /// <param name="path">The project file.</param>
    /// <param name="root">Its text.</param>
    /// <param name="shared">The settings above it, the nearest first, with their folders.</param>
    public static CSharpProject Of(RepoPath path, XElement root, IEnumerable<(string Folder, XElement Root)> shared)
    {
        var sources = shared.Prepend((path.Folder, root)).ToList();
        var name = System.IO.Path.GetFileNameWithoutExtension(path.Name);
        var assembly = Property(sources, "AssemblyName") is { } stated && !stated.Contains('$') ? stated : name;
        var sdk = (string?)root.Attribute("Sdk") ?? (string?)root.Elements().FirstOrDefault(element => element.Name.LocalName == "Sdk")?.Attribute("Name") ?? "";
        return new CSharpProject(path)
        {
            Assembly = assembly,
            Sdk = sdk,
            References = Items(sources, "ProjectReference").Select(item => PathOf(item.Include, item.Folder, path.Folder)).Distinct().ToValueList(),
            Compiled = Items(sources, "Compile").Select(item => PathOf(item.Include, item.Folder, path.Folder)).Where(file => !file.Contains('*')).Select(file => new RepoPath(file)).ToValueList(),
            Usings = UsingsOf(sources, sdk),
            Friends = Items(sources, "InternalsVisibleTo").Select(item => FriendOf(item.Include, assembly, name)).ToValueList(),
            Packages = Items(sources, "PackageReference").Where(item => (string?)item.Element.Attribute("PrivateAssets") != "all").Select(item => item.Include).Distinct().ToValueList(),
            HasOtherReferences = NeedsMore(sources, sdk),
            UsesAspNet = sdk == "Microsoft.NET.Sdk.Web" || Items(sources, "FrameworkReference").Any(item => item.Include == "Microsoft.AspNetCore.App"),
            LanguageVersion = Property(sources, "LangVersion"),
            IsNullable = Property(sources, "Nullable") == "enable",
        };
    }

    private static ValueList<CSharpUsing> UsingsOf(IReadOnlyList<(string Folder, XElement Root)> sources, string sdk)
    {
        var usings = new List<CSharpUsing>();
        if (Property(sources, "ImplicitUsings") is "enable" or "true")
            usings.AddRange(ImplicitOf(sdk).Select(name => new CSharpUsing(CSharpUsingKind.Namespace, [name], null, true)));
        foreach (var (include, element, _) in Items(sources, "Using"))
        {
            var alias = (string?)element.Attribute("Alias");
            var kind = alias is not null ? CSharpUsingKind.Alias : (string?)element.Attribute("Static") is "true" or "True" ? CSharpUsingKind.Static : CSharpUsingKind.Namespace;
            usings.Add(new CSharpUsing(kind, [include], alias, true));
        }

        var removed = sources.SelectMany(source => source.Root.Descendants()).Where(element => element.Name.LocalName == "Using").Select(element => (string?)element.Attribute("Remove")).ToHashSet();
        return usings.Where(item => !removed.Contains(item.Names[0])).ToValueList();
    }

    private static IEnumerable<string> ImplicitOf(string sdk) => sdk switch
    {
        "Microsoft.NET.Sdk.Web" => [.. Implicit, .. ImplicitWorker, .. ImplicitWeb],
        "Microsoft.NET.Sdk.Worker" => [.. Implicit, .. ImplicitWorker],
        _ => Implicit,
    };

    private static bool NeedsMore(IReadOnlyList<(string Folder, XElement Root)> sources, string sdk) =>
        Items(sources, "Reference").Any() || Items(sources, "COMReference").Any() || Items(sources, "Protobuf").Any()
        || Items(sources, "FrameworkReference").Any(item => item.Include != "Microsoft.AspNetCore.App")
        || Property(sources, "UseWPF") is "true" || Property(sources, "UseWindowsForms") is "true"
        || sdk is not ("Microsoft.NET.Sdk" or "Microsoft.NET.Sdk.Web" or "Microsoft.NET.Sdk.Worker")
        || (Property(sources, "TargetFramework") is { } framework && framework.Contains('-', StringComparison.Ordinal));

    private static string FriendOf(string include, string assembly, string name)
    {
        var friend = include.Split(',')[0].Replace("$(AssemblyName)", assembly, StringComparison.OrdinalIgnoreCase).Replace("$(MSBuildProjectName)", name, StringComparison.OrdinalIgnoreCase);
        return friend.Contains('$') ? "*" : friend;
    }

    private static string? Property(IEnumerable<(string Folder, XElement Root)> sources, string name) =>
        sources.Select(source => source.Root.Descendants().LastOrDefault(element => element.Name.LocalName == name)?.Value.Trim()).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static IEnumerable<(string Include, XElement Element, string Folder)> Items(IEnumerable<(string Folder, XElement Root)> sources, string name) =>
        from source in sources
        from element in source.Root.Descendants()
        where element.Name.LocalName == name
        from include in ((string?)element.Attribute("Include") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        select (include, element, source.Folder);

    // A path from the root of the repository; parts that only MSBuild knows are left out.
    private static string PathOf(string include, string fileFolder, string projectFolder)
    {
        var path = include.Replace('\\', '/').Replace("$(MSBuildThisFileDirectory)", "./", StringComparison.OrdinalIgnoreCase);
        var isOfFile = path.StartsWith("./", StringComparison.Ordinal);
        var parts = new List<string>((isOfFile ? fileFolder : projectFolder).Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or "..") && !part.StartsWith("$(", StringComparison.Ordinal))
                parts.Add(part);
        }

        return string.Join('/', parts);
    }
}
