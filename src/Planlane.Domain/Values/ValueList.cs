using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Planlane.Values;

/// <summary>An immutable list that is equal to another by content and order, so that records that hold lists compare by content.</summary>
/// <remarks>
/// Thread-safe. The default of a missing JSON member is the empty list. Adding to the newest of lists that grew from one another takes constant time on average: they
/// share their storage, of which each sees only its own beginning. Changing one element of a long list copies a small part of it.
/// </remarks>
/// <typeparam name="T">The element; should itself be equal by content.</typeparam>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
[JsonConverter(typeof(ValueListJson))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private const int LeastRoom = 4;

    // A run of a thousand tasks changes one of them with nearly every event; what is shorter is copied faster whole.
    private const int LeastToDivide = 128;
    private const int PartBits = 5;
    private const int PartSize = 1 << PartBits;

    private readonly T[] _items;

    // The elements in parts of equal size, which lists that differ in one element share; null as long as they lie in one piece in _items.
    private readonly T[][]? _parts;

    // One number that all lists on the storage share: how much of it any of them has taken; null when it has no room.
    private readonly int[]? _taken;

    internal ValueList(T[] items)
        : this(items, items.Length, null)
    {
    }

    private ValueList(T[] items, int count, int[]? taken) => (_items, Count, _taken) = (items, count, taken);

    private ValueList(T[][] parts, int count) => (_items, _parts, Count) = ([], parts, count);

    /// <summary>The list without elements.</summary>
    public static ValueList<T> Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count { get; }

    /// <inheritdoc />
    public T this[int index] => (uint)index >= (uint)Count ? throw new ArgumentOutOfRangeException(nameof(index))
        : _parts is null ? _items[index] : _parts[index >> PartBits][index & (PartSize - 1)];

    private ReadOnlySpan<T> Span => _parts is null ? _items.AsSpan(0, Count) : Whole(_parts);

    /// <summary>A list with one more element at the end.</summary>
    public ValueList<T> Add(T item) => Longer(new ReadOnlySpan<T>(in item));

    /// <summary>A list with more elements at the end.</summary>
    public ValueList<T> AddRange(IEnumerable<T> items) => Longer([.. items]);

    /// <summary>A list in which each element that <paramref name="match"/> picks is replaced by what <paramref name="change"/> makes of it.</summary>
    public ValueList<T> Replace(Func<T, bool> match, Func<T, T> change) => new([.. this.Select(item => match(item) ? change(item) : item)]);

    /// <summary>A list in which the last element that <paramref name="match"/> picks is replaced by what <paramref name="change"/> makes of it; the same list when there is none.</summary>
    public ValueList<T> ReplaceLast(Func<T, bool> match, Func<T, T> change)
    {
        for (var index = Count - 1; index >= 0; index--)
            if (match(this[index]))
                return With(index, change(this[index]));
        return this;
    }

    /// <summary>A list in which the element at a place is another one.</summary>
    public ValueList<T> With(int index, T item)
    {
        if ((uint)index >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(index));
        if (Count >= LeastToDivide)
            return WithInParts(index, item);
        var items = Span.ToArray();
        items[index] = item;
        return new(items);
    }

    /// <inheritdoc />
    public bool Equals(ValueList<T>? other) => other is not null && (ReferenceEquals(this, other) || Span.SequenceEqual(other.Span));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Span)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public override string ToString() => $"[{string.Join(", ", this)}]";

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator() => (_parts is null ? new ArraySegment<T>(_items, 0, Count) : _parts.SelectMany(part => part)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ValueList<T> WithInParts(int index, T item)
    {
        var parts = _parts is null ? Span.ToArray().Chunk(PartSize).ToArray() : [.. _parts];
        parts[index >> PartBits] = [.. parts[index >> PartBits]];
        parts[index >> PartBits][index & (PartSize - 1)] = item;
        return new(parts, Count);
    }

    private static T[] Whole(T[][] parts) => [.. parts.SelectMany(part => part)];

    private ValueList<T> Longer(ReadOnlySpan<T> more)
    {
        if (more.IsEmpty)
            return this;
        var count = Count + more.Length;
        // Of two lists that grow from this one only the first may have the room behind it.
        if (count <= _items.Length && _taken is not null && Interlocked.CompareExchange(ref _taken[0], count, Count) == Count)
        {
            more.CopyTo(_items.AsSpan(Count));
            return new(_items, count, _taken);
        }

        var room = new T[Math.Max(Math.Max(LeastRoom, count), 2 * Count)];
        Span.CopyTo(room);
        more.CopyTo(room.AsSpan(Count));
        return new(room, count, [count]);
    }
}

/// <summary>Makes <see cref="ValueList{T}"/>s.</summary>
public static class ValueList
{
    /// <summary>A list of the given elements; what collection expressions call.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? ValueList<T>.Empty : new ValueList<T>(items.ToArray());

    /// <summary>A list of the elements of a sequence, in its order.</summary>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => new([.. items]);
}

/// <summary>Writes a <see cref="ValueList{T}"/> as a JSON array and reads it back.</summary>
public sealed class ValueListJson : JsonConverterFactory
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

    /// <inheritdoc />
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Element types are classes and structs that the serializer itself already instantiates.")]
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The converter needs only its public constructor.")]
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()[0]))!;

    private sealed class Converter<T> : JsonConverter<ValueList<T>>
    {
        // Asked itself, as the serializer would scan the whole array once more before it reads it. Found late: an element may hold such a list again.
        private JsonConverter<T[]>? _items;

        [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("AOT", "IL3050", Justification = "See the factory.")]
        [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "See the factory.")]
        public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new((_items ??= (JsonConverter<T[]>)options.GetConverter(typeof(T[]))).Read(ref reader, typeof(T[]), options) ?? []);

        [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("AOT", "IL3050", Justification = "See the factory.")]
        [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "See the factory.")]
        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, (IReadOnlyList<T>)[.. value], options);
    }
}
