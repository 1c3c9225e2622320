using System.Text;
using Klever.Formats.Protobuf;

namespace Klever.Formats.NetDef;

/// <summary>Reads an Argument (caffe2.proto). Its lists are not packed, so values of weights are passed over as a
/// whole.</summary>
internal static class NetArgumentReader
{
    /// <summary>Numbers and bytes that are kept at most: shapes, kernels and permutations have a handful.</summary>
    public const int MaximumLength = 1024;

    // A list of numbers takes up to eleven bytes each, beside the name.
    private const int MaximumListBytes = 16 * MaximumLength;

    private const int ArgumentBytes = 120;

    public static (string Name, NetArgument Argument) Read(ProtobufReader reader)
    {
        var length = reader.FieldLength;
        var isLong = length > MaximumListBytes;
        var name = "";
        var argument = new NetArgument { Offset = reader.Position, Length = length };
        var integers = new List<long>();
        foreach (var field in reader.EnterMessage("arg"))
        {
            switch (field)
            {
                case 1:
                    name = reader.ReadRecurringName("name");
                    break;
                case 2:
                    argument = argument with { Number = reader.ReadFloat("f") };
                    break;
                case 3:
                    argument = argument with { Integer = reader.ReadInt64("i") };
                    break;
                case 4 when reader.FieldLength <= MaximumLength:
                    argument = argument with { Text = Encoding.UTF8.GetString(reader.ReadBytes("s", MaximumLength)) };
                    break;
                case 5 or 6 or 7 when isLong:
                    return Done();
                case 6:
                    reader.TryReadRepeatedInt64("ints", integers, MaximumLength);
                    break;
            }
        }

        return Done();

        (string Name, NetArgument Argument) Done()
        {
            reader.Hold(ArgumentBytes + (integers.Count * sizeof(long)));
            return (name, argument with { Integers = integers });
        }
    }
}
