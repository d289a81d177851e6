using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Planlane.Runs;

namespace Planlane;

public sealed class TypeTests
{
    // Why a public class may be derived from.
    private static readonly Dictionary<string, string> Open = new()
    {
        ["Planlane.Runs.PlanlaneException"] = "The base of the small tree of faults.",
    };

    private static readonly Assembly Domain = typeof(RunEvent).Assembly;

    [Fact]
    public void DomainTypes_All_AreClosedValues() => Rule.Holds(
        "A domain type is a sealed class or record, a readonly struct, an enum, an interface, a static class, or an abstract record whose constructor is private or private protected.",
        Types(Domain).Where(type => !IsExempt(type) && !IsClosedValue(type)).Select(type => type.FullName!));

    [Fact]
    public void DomainTypes_All_CannotBeChanged() => Rule.Holds(
        "A domain type has no settable property (init is allowed) and no field that can be assigned later.",
        from type in Types(Domain)
        where !IsExempt(type)
        from member in Settable(type)
        select $"{type.FullName}.{member}");

    [Fact]
    public void DomainTypes_PublicCollections_AreValueLists() => Rule.Holds(
        "A public property of a domain type that holds several values is a ValueList (or read-only), so that records compare by content.",
        from type in Types(Domain)
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where IsChangeableCollection(property.PropertyType)
        select $"{type.FullName}.{property.Name} is a {property.PropertyType}");

    [Fact]
    public void ProofsOfADecision_ApprovedPlanAndChanges_CannotBeForged() => Rule.Holds(
        "A type that proves a decision is get-only and has no public constructor.",
        from type in new[] { typeof(Approval.ApprovedPlan), typeof(Reviews.ApprovedChanges) }
        from member in type.GetConstructors().Select(constructor => constructor.ToString()!).Concat(type.GetProperties().Where(property => property.CanWrite).Select(property => property.Name))
        select $"{type.FullName}: {member}");

    [Fact]
    public void PublicClasses_OfTheProduct_AreSealedStaticOrAbstract() => Rule.Holds(
        "A public class is sealed, static or abstract; one that is made to be derived from stands in TypeTests.Open with its reason.",
        from assembly in Products()
        from type in Types(assembly)
        where type is { IsClass: true, IsVisible: true, IsSealed: false, IsAbstract: false } && !typeof(Delegate).IsAssignableFrom(type) && !Open.ContainsKey(type.FullName!)
        select $"{type.FullName} ({assembly.GetName().Name})");

    [Fact]
    public void PublicClasses_ListedAsOpen_Exist() => Rule.Holds(
        "TypeTests.Open lists only classes that exist and are open.",
        Open.Keys.Where(name => Products().All(assembly => assembly.GetType(name) is null or { IsSealed: true })));

    [Fact]
    public void RunEvents_All_HaveAWireName() => Rule.Holds(
        "Every case of RunEvent has a [WireName] of two words with a dot between them.",
        from assembly in Products()
        from type in Types(assembly)
        where type.IsSubclassOf(typeof(RunEvent)) && type.GetCustomAttribute<WireNameAttribute>()?.Name.Split('.') is not [{ Length: > 0 }, { Length: > 0 }]
        select type.FullName!);

    private static IEnumerable<Assembly> Products() => Repository.Projects.Where(project => project.IsProduct).Select(project => Assembly.Load(project.AssemblyName));

    private static IEnumerable<Type> Types(Assembly assembly) => assembly.GetTypes().Where(type =>
        type.Namespace?.StartsWith("Planlane", StringComparison.Ordinal) == true && !IsGenerated(type));

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<') || type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute)) || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static bool IsExempt(Type type) =>
        typeof(Exception).IsAssignableFrom(type) || typeof(Attribute).IsAssignableFrom(type) || typeof(JsonConverter).IsAssignableFrom(type);

    private static bool IsClosedValue(Type type) => type switch
    {
        { IsEnum: true } or { IsInterface: true } => true,
        { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute)),
        { IsAbstract: true, IsSealed: false } => IsRecord(type) && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .All(constructor => constructor.IsPrivate || constructor.IsFamilyAndAssembly || IsCopy(constructor)),
        _ => type.IsSealed,
    };

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    // The copy constructor of an abstract record is protected whatever one does; without another one nobody can call it.
    private static bool IsCopy(ConstructorInfo constructor) => constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;

    private static IEnumerable<string> Settable(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetProperties(Own).Where(property => property.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))).Select(property => property.Name)
            .Concat(type.GetFields(Own).Where(field => !field.IsInitOnly && !field.IsLiteral && !type.IsEnum && !field.Name.StartsWith('<')).Select(field => field.Name));
    }

    private static bool IsChangeableCollection(Type type) => type.IsArray
        || type.GetInterfaces().Append(type).Any(face => face.IsGenericType && (face.GetGenericTypeDefinition() == typeof(ICollection<>) || face.GetGenericTypeDefinition() == typeof(IDictionary<,>)));
}
