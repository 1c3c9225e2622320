using Klever.Formats.Protobuf;

namespace Klever.Formats.NetDef;

/// <summary>Reads a NetDef (caffe2.proto).</summary>
internal static class NetReader
{
    // What an operator costs beside its names.
    private const int OperatorBytes = 240;

    public static Net Read(ModelFile file)
    {
        var reader = new ProtobufReader(file);
        var net = new Net();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 2:
                    net.Operators.Add(ReadOperator(reader));
                    break;
                case 7:
                    net.Inputs.Add(reader.ReadName("external_input"));
                    break;
                case 8:
                    net.Outputs.Add(reader.ReadName("external_output"));
                    break;
            }
        }

        return net;
    }

    private static NetOperator ReadOperator(ProtobufReader reader)
    {
        var operation = new NetOperator();
        reader.CountNode();
        foreach (var field in reader.EnterMessage("op"))
        {
            switch (field)
            {
                case 1:
                    operation.Inputs.Add(reader.ReadRecurringName("input"));
                    break;
                case 2:
                    operation.Outputs.Add(reader.ReadRecurringName("output"));
                    break;
                case 4:
                    operation.Type = reader.ReadRecurringName("type");
                    break;
                case 5:
                    var (name, argument) = NetArgumentReader.Read(reader);
                    operation.Arguments[name] = argument;
                    break;
            }
        }

        reader.Hold(OperatorBytes + (sizeof(long) * (operation.Inputs.Count + operation.Outputs.Count)));
        return operation;
    }
}
