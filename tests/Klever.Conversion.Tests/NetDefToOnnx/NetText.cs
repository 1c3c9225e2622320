using System.Globalization;
using Klever.Formats.Protobuf;

namespace Klever.Conversion.Tests.NetDefToOnnx;

/// <summary>Operators as one line of text.</summary>
internal static class NetText
{
    public static void Write(ProtobufWriter operation, string text)
    {
        var sides = text.Split(" -> ");
        var left = sides[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var input in left[1..])
        {
            operation.Text(1, input);
        }

        var right = sides[1].Split(' ');
        foreach (var output in right.Where(word => !word.Contains('=') && !word.Contains(':')))
        {
            operation.Text(2, output);
        }

        operation.Text(4, left[0]);
        foreach (var argument in right.Where(word => word.Contains('=')).Select(word => word.Split('=')))
        {
            operation.Message(5, a => Argument(a.Text(1, argument[0]), argument[1]));
        }

        foreach (var argument in right.Where(word => word.Contains(':')).Select(word => word.Split(':')))
        {
            operation.Message(5, a => a.Text(1, argument[0]).Text(4, argument[1]));
        }
    }

    // 3 is a number, 0.5f one with a fraction, "1,2" and "1," are lists.
    private static void Argument(ProtobufWriter argument, string value)
    {
        if (value.EndsWith('f'))
        {
            argument.Float(2, float.Parse(value[..^1], CultureInfo.InvariantCulture));
        }
        else if (value.Contains(','))
        {
            foreach (var number in value.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                argument.Varint(6, long.Parse(number, CultureInfo.InvariantCulture));
            }
        }
        else
        {
            argument.Varint(3, long.Parse(value, CultureInfo.InvariantCulture));
        }
    }
}
