using System.Text.Json;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Klever.OnnxServer.Protocol;

/// <summary>A data type of the protocol: a row of the table below.</summary>
/// <param name="Name">As the protocol spells it.</param>
/// <param name="Element">As ONNX Runtime has it.</param>
/// <param name="Size">Bytes of a value; 0 for texts.</param>
/// <param name="Read">From JSON to its bytes; null when the protocol gives the type no JSON form.</param>
/// <param name="Write">From its bytes to JSON.</param>
internal sealed record DataType(string Name, TensorElementType Element, int Size, DataType.Reader? Read, DataType.Writer? Write)
{
    public static readonly DataType Bytes = new("BYTES", TensorElementType.String, 0, null, null);

    private static readonly DataType[] All =
    [
        new("BOOL", TensorElementType.Bool, 1, (v, b) => b[0] = ReadBool(v), (w, b) => w.WriteBooleanValue(b[0] != 0)),
        new("UINT8", TensorElementType.UInt8, 1, (v, b) => b[0] = v.GetByte(), (w, b) => w.WriteNumberValue(b[0])),
        new("UINT16", TensorElementType.UInt16, 2, (v, b) => Put(b, v.GetUInt16()), (w, b) => w.WriteNumberValue(BitConverter.ToUInt16(b))),
        new("UINT32", TensorElementType.UInt32, 4, (v, b) => Put(b, v.GetUInt32()), (w, b) => w.WriteNumberValue(BitConverter.ToUInt32(b))),
        new("UINT64", TensorElementType.UInt64, 8, (v, b) => Put(b, v.GetUInt64()), (w, b) => w.WriteNumberValue(BitConverter.ToUInt64(b))),
        new("INT8", TensorElementType.Int8, 1, (v, b) => b[0] = (byte)v.GetSByte(), (w, b) => w.WriteNumberValue((sbyte)b[0])),
        new("INT16", TensorElementType.Int16, 2, (v, b) => Put(b, v.GetInt16()), (w, b) => w.WriteNumberValue(BitConverter.ToInt16(b))),
        new("INT32", TensorElementType.Int32, 4, (v, b) => Put(b, v.GetInt32()), (w, b) => w.WriteNumberValue(BitConverter.ToInt32(b))),
        new("INT64", TensorElementType.Int64, 8, (v, b) => Put(b, v.GetInt64()), (w, b) => w.WriteNumberValue(BitConverter.ToInt64(b))),
        new("FP16", TensorElementType.Float16, 2, null, null),
        new("BF16", TensorElementType.BFloat16, 2, null, null),
        new("FP32", TensorElementType.Float, 4, (v, b) => Put(b, v.GetSingle()), (w, b) => w.WriteNumberValue(BitConverter.ToSingle(b))),
        new("FP64", TensorElementType.Double, 8, (v, b) => Put(b, v.GetDouble()), (w, b) => w.WriteNumberValue(BitConverter.ToDouble(b))),
        Bytes,
    ];

    internal delegate void Reader(JsonElement value, Span<byte> target);

    internal delegate void Writer(Utf8JsonWriter writer, ReadOnlySpan<byte> value);

    public static DataType? Find(string? name) => Array.Find(All, t => t.Name == name);

    public static DataType? Find(TensorElementType element) => Array.Find(All, t => t.Element == element);

    private static byte ReadBool(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => value.GetByte() is var number and < 2 ? number : throw new FormatException("neither 0 nor 1"),
    };

    private static void Put<T>(Span<byte> target, T value)
        where T : unmanaged => System.Runtime.InteropServices.MemoryMarshal.Write(target, in value);
}
