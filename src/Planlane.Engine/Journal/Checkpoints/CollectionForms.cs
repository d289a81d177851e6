using Planlane.Values;

namespace Planlane.Journal.Checkpoints;

/// <summary>A list.</summary>
internal sealed class ListForm<T> : Form
{
    private readonly Lazy<Form> _item = new(() => Of(typeof(T)));

    public override IEnumerable<Type> Parts => [typeof(T)];

    public override void Write(ImageWriter image, object? value)
    {
        image.WriteNumber(value is ValueList<T> list ? list.Count : -1);
        foreach (var item in (ValueList<T>?)value ?? [])
            _item.Value.Write(image, item);
    }

    public override object? Read(ImageReader image)
    {
        if (image.ReadNumber() is var count && count < 0)
            return null;
        // What cannot fit into the image is no count.
        var items = new T[image.Bounded(count)];
        for (var i = 0; i < items.Length; i++)
            items[i] = (T)_item.Value.Read(image)!;
        return ValueList.Create<T>(items);
    }
}

/// <summary>A dictionary; it is filled anew, as the hashes of texts differ from process to process.</summary>
internal sealed class DictionaryForm<TKey, TValue> : Form
    where TKey : notnull
{
    public override IEnumerable<Type> Parts => [typeof(TKey), typeof(TValue)];

    public override void Write(ImageWriter image, object? value)
    {
        image.WriteNumber(value is Dictionary<TKey, TValue> entries ? entries.Count : -1);
        foreach (var (key, held) in (Dictionary<TKey, TValue>?)value ?? [])
        {
            Of(typeof(TKey)).Write(image, key);
            Of(typeof(TValue)).Write(image, held);
        }
    }

    public override object? Read(ImageReader image)
    {
        if (image.ReadNumber() is var count && count < 0)
            return null;
        var entries = new Dictionary<TKey, TValue>(image.Bounded(count));
        for (; count > 0; count--)
            entries.Add((TKey)Of(typeof(TKey)).Read(image)!, (TValue)Of(typeof(TValue)).Read(image)!);
        return entries;
    }
}
