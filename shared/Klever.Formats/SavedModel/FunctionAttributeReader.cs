using Klever.Formats.Protobuf;

namespace Klever.Formats.SavedModel;

/// <summary>Finds the functions that an attribute of a node names (attr_value.proto): <c>f</c> of a call, the branches of an If.</summary>
internal static class FunctionAttributeReader
{
    private const int ListField = 1;
    private const int FunctionField = 10;
    private const int ListFunctionField = 9;

    /// <summary>Reads an entry of NodeDef.attr. Only functions are looked at; tensors and the rest pass by.</summary>
    public static void Read(ProtobufReader reader, Action<string> add)
    {
        using (reader.EnterMessage("attr"))
        {
            while (reader.NextField())
            {
                if (reader.Field == 2)
                {
                    ReadValue(reader, "value", FunctionField, add);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private static void ReadValue(ProtobufReader reader, string field, int functionField, Action<string> add)
    {
        using (reader.EnterMessage(field))
        {
            while (reader.NextField())
            {
                if (reader.Field == functionField)
                {
                    ReadFunction(reader, add);
                }
                else if (reader.Field == ListField && functionField == FunctionField)
                {
                    ReadValue(reader, "list", ListFunctionField, add);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    // NameAttrList
    private static void ReadFunction(ProtobufReader reader, Action<string> add)
    {
        using (reader.EnterMessage("func"))
        {
            while (reader.NextField())
            {
                if (reader.Field == 1)
                {
                    add(reader.ReadRecurringName("name"));
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }
}
