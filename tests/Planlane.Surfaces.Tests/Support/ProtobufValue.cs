using System.Buffers.Binary;
using System.Text;

namespace Planlane.Support;

/// <summary>A value of the protobuf wire format, read without a schema.</summary>
internal sealed record ProtobufValue(byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public double Double => BitConverter.UInt64BitsToDouble(BinaryPrimitives.ReadUInt64LittleEndian(Bytes));

    public long Long => (long)BinaryPrimitives.ReadUInt64LittleEndian(Bytes);

    public ProtobufValue? First(int field) => All(field).FirstOrDefault();

    /// <summary>The values of a field of this message, in their order.</summary>
    public IEnumerable<ProtobufValue> All(int field)
    {
        for (var at = 0; at < Bytes.Length;)
        {
            var key = Varint(ref at);
            byte[] value;
            if ((key & 7) is 0)
            {
                value = new byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(value, Varint(ref at));
            }
            else
            {
                var length = (key & 7) switch { 1 => 8, 2 => (int)Varint(ref at), 5 => 4, var type => throw new InvalidDataException($"Wire type {type}.") };
                value = Bytes[at..(at + length)];
                at += length;
            }

            if ((int)(key >> 3) == field)
                yield return new ProtobufValue(value);
        }
    }

    private ulong Varint(ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = Bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
