using System.Reflection;
using System.Runtime.CompilerServices;

namespace Planlane.Journal.Checkpoints;

/// <summary>A type of the domain, by its fields, so that a member that is added to it is in the image without anybody's thinking of it.</summary>
/// <remarks>An object that is met again is written once. Constructors are not called: what they refuse was refused when the event was recorded.</remarks>
internal sealed class MembersForm(Type type) : Form
{
    private readonly Lazy<(FieldInfo Field, Form Form)[]> _members = new(() => [.. FieldsOf(type).Select(field => (field, Of(field.FieldType)))]);

    // A closed set of cases, of which one stands in the field.
    private readonly bool _isOneOfCases = type is { IsClass: true, IsSealed: false };

    public override IEnumerable<Type> Parts => [.. FieldsOf(type).Select(member => member.FieldType), .. type.Assembly.GetTypes().Where(other => other.IsSubclassOf(type))];

    public override void Write(ImageWriter image, object? value)
    {
        if (type.IsValueType)
        {
            WriteMembers(image, value!);
            return;
        }

        if (image.IsDone(value))
            return;
        var actual = value!.GetType();
        if (_isOneOfCases)
            image.WriteNumber(actual.MetadataToken);
        (actual == type ? this : (MembersForm)Of(actual)).WriteMembers(image, value);
    }

    public override object? Read(ImageReader image)
    {
        if (type.IsValueType)
            return ReadMembers(image, RuntimeHelpers.GetUninitializedObject(type));
        if (image.IsDone(out var known))
            return known;
        var actual = _isOneOfCases ? CaseOf((int)image.ReadNumber()) : type;
        var made = RuntimeHelpers.GetUninitializedObject(actual);
        image.Met(made);
        return (actual == type ? this : (MembersForm)Of(actual)).ReadMembers(image, made);
    }

    private void WriteMembers(ImageWriter image, object value)
    {
        foreach (var (field, form) in _members.Value)
            form.Write(image, field.GetValue(value));
    }

    private object ReadMembers(ImageReader image, object made)
    {
        foreach (var (field, form) in _members.Value)
            field.SetValue(made, form.Read(image));
        return made;
    }

    private Type CaseOf(int token) => type.Module.ResolveType(token) is var found && found.IsAssignableTo(type) ? found : throw new InvalidDataException("The image names a type that cannot stand there.");

    // Those of the types that it is derived from first, each in the order of their declaration.
    private static IEnumerable<FieldInfo> FieldsOf(Type type) => (type.BaseType is { } above && above.Assembly == type.Assembly ? FieldsOf(above) : [])
        .Concat(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OrderBy(field => field.MetadataToken));
}
