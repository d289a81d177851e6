using System.Collections.Concurrent;
using System.Reflection;
using Planlane.Values;

namespace Planlane.Journal.Checkpoints;

/// <summary>How the values of one type stand in an image. Thread-safe.</summary>
internal abstract class Form
{
    private static readonly ConcurrentDictionary<Type, Form> Known = new(Scalars.All);

    /// <summary>The form of a type.</summary>
    /// <exception cref="NotSupportedException">A state has held no such type until now; it needs a form of its own.</exception>
    public static Form Of(Type type) => Known.GetOrAdd(type, Make);

    /// <summary>The type's own members, for a walk over all that a state can hold.</summary>
    public virtual IEnumerable<Type> Parts => [];

    /// <summary>Writes a value of the type.</summary>
    public abstract void Write(ImageWriter image, object? value);

    /// <summary>Reads one.</summary>
    public abstract object? Read(ImageReader image);

    private static Form Make(Type type)
    {
        if (type.IsEnum)
            return new EnumForm(type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() is var open)
        {
            if (open == typeof(Nullable<>))
                return new NullableForm(type.GetGenericArguments()[0]);
            if (open == typeof(ValueList<>))
                return Closed(typeof(ListForm<>), type);
            if (open == typeof(Dictionary<,>))
                return Closed(typeof(DictionaryForm<,>), type);
        }

        return type.Assembly == typeof(ValueList<>).Assembly ? new MembersForm(type) : throw new NotSupportedException($"A state holds a {type}, which an image of it cannot hold.");
    }

    private static Form Closed(Type form, Type type) =>
        (Form)Activator.CreateInstance(form.MakeGenericType(type.GetGenericArguments()), BindingFlags.Instance | BindingFlags.Public, null, null, null)!;
}
