using Klever.Formats.Protobuf;

namespace Klever.Formats.SavedModel;

/// <summary>Finds the functions that an attribute of a node names (attr_value.proto): <c>f</c> of a call, the branches
/// of an If.</summary>
internal static class FunctionAttributeReader
{
    private const int ListField = 1;
    private const int FunctionField = 10;
    private const int ListFunctionField = 9;

    /// <summary>Reads an entry of NodeDef.attr. Only functions are looked at; tensors and the rest pass by.</summary>
    public static void Read(ProtobufReader reader, Action<string> add)
    {
        foreach (var field in reader.EnterMessage("attr"))
        {
            if (field == 2)
            {
                ReadValue(reader, "value", FunctionField, add);
            }
        }
    }

    private static void ReadValue(ProtobufReader reader, string message, int functionField, Action<string> add)
    {
        foreach (var field in reader.EnterMessage(message))
        {
            if (field == functionField)
            {
                ReadFunction(reader, add);
            }
            else if (field == ListField && functionField == FunctionField)
            {
                ReadValue(reader, "list", ListFunctionField, add);
            }
        }
    }

    // NameAttrList
    private static void ReadFunction(ProtobufReader reader, Action<string> add)
    {
        foreach (var field in reader.EnterMessage("func"))
        {
            if (field == 1)
            {
                add(reader.ReadRecurringName("name"));
            }
        }
    }
}
