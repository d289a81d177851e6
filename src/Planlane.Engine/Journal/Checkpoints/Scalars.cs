namespace Planlane.Journal.Checkpoints;

/// <summary>The forms of the types that consist of nothing else.</summary>
internal static class Scalars
{
    public static IEnumerable<KeyValuePair<Type, Form>> All { get; } =
    [
        Of((image, value) => image.WriteText(value), image => image.ReadText()),
        Of((image, value) => image.WriteNumber(value ? 1 : 0), image => image.ReadNumber() != 0),
        Of((image, value) => image.WriteNumber(value), image => (int)image.ReadNumber()),
        Of((image, value) => image.WriteNumber(value), image => image.ReadNumber()),
        Of((image, value) => image.WriteNumber(BitConverter.DoubleToInt64Bits(value)), image => BitConverter.Int64BitsToDouble(image.ReadNumber())),
        Of(WriteDecimal, ReadDecimal),
        Of((image, value) => image.WriteNumber(value.DayNumber), image => DateOnly.FromDayNumber((int)image.ReadNumber())),
        Of((image, value) => image.WriteNumber(value.Ticks), image => new TimeSpan(image.ReadNumber())),
        Of(WriteTime, image => new DateTimeOffset(image.ReadNumber(), new TimeSpan(image.ReadNumber()))),
    ];

    private static KeyValuePair<Type, Form> Of<T>(Action<ImageWriter, T> write, Func<ImageReader, T> read) => new(typeof(T), new Scalar<T>(write, read));

    private static void WriteTime(ImageWriter image, DateTimeOffset value)
    {
        image.WriteNumber(value.Ticks);
        image.WriteNumber(value.Offset.Ticks);
    }

    private static void WriteDecimal(ImageWriter image, decimal value)
    {
        foreach (var part in decimal.GetBits(value))
            image.WriteNumber(part);
    }

    private static decimal ReadDecimal(ImageReader image) => new([(int)image.ReadNumber(), (int)image.ReadNumber(), (int)image.ReadNumber(), (int)image.ReadNumber()]);

    private sealed class Scalar<T>(Action<ImageWriter, T> write, Func<ImageReader, T> read) : Form
    {
        public override void Write(ImageWriter image, object? value) => write(image, (T)value!);

        public override object? Read(ImageReader image) => read(image);
    }
}

/// <summary>An enumeration, by its number.</summary>
internal sealed class EnumForm(Type type) : Form
{
    public override void Write(ImageWriter image, object? value) => image.WriteNumber(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));

    public override object? Read(ImageReader image) => Enum.ToObject(type, image.ReadNumber());
}

/// <summary>A value that may be missing.</summary>
internal sealed class NullableForm(Type type) : Form
{
    public override IEnumerable<Type> Parts => [type];

    public override void Write(ImageWriter image, object? value)
    {
        image.WriteNumber(value is null ? 0 : 1);
        if (value is not null)
            Of(type).Write(image, value);
    }

    public override object? Read(ImageReader image) => image.ReadNumber() == 0 ? null : Of(type).Read(image);
}
