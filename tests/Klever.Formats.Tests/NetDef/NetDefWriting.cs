using Klever.Formats.Protobuf;

namespace Klever.Formats.Tests.NetDef;

/// <summary>Operators as the tests write them.</summary>
internal static class NetDefWriting
{
    public static ProtobufWriter Operator(
        this ProtobufWriter net,
        string type,
        string[] inputs,
        string output,
        long[]? numbers = null,
        string argument = "shape") =>
        net.Message(2, operation =>
        {
            foreach (var input in inputs)
            {
                operation.Text(1, input);
            }

            operation.Text(2, output).Text(4, type);
            if (numbers is { Length: > 0 })
            {
                operation.Message(5, list =>
                {
                    list.Text(1, argument);
                    foreach (var number in numbers)
                    {
                        list.Varint(6, number);
                    }
                });
            }
        });
}
