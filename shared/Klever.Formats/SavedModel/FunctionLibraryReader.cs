using Klever.Formats.Protobuf;

namespace Klever.Formats.SavedModel;

/// <summary>Reads a FunctionDefLibrary (function.proto): of each function its name, operation counts and calls.</summary>
internal static class FunctionLibraryReader
{
    public static void Read(ProtobufReader reader, FunctionLibrary library)
    {
        using (reader.EnterMessage("library"))
        {
            while (reader.NextField())
            {
                if (reader.Field == 1)
                {
                    ReadFunction(reader, library);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private static void ReadFunction(ProtobufReader reader, FunctionLibrary library)
    {
        var name = "";
        var body = new FunctionBody();
        using (reader.EnterMessage("function"))
        {
            while (reader.NextField())
            {
                switch (reader.Field)
                {
                    case 1:
                        name = ReadSignatureName(reader);
                        break;
                    case 3:
                        ReadNode(reader, body);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }

        reader.Hold(FunctionBytes);
        library.Add(name, body);
    }

    // The dictionaries of a body, before anything is in them.
    private const int FunctionBytes = 512;

    // OpDef
    private static string ReadSignatureName(ProtobufReader reader)
    {
        var name = "";
        using (reader.EnterMessage("signature"))
        {
            while (reader.NextField())
            {
                if (reader.Field == 1)
                {
                    name = reader.ReadRecurringName("name");
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return name;
    }

    private static void ReadNode(ProtobufReader reader, FunctionBody body)
    {
        reader.CountNode();
        using (reader.EnterMessage("node_def"))
        {
            while (reader.NextField())
            {
                switch (reader.Field)
                {
                    case 2:
                        body.Layers.Add(reader.ReadRecurringName("op"));
                        break;
                    case 5:
                        FunctionAttributeReader.Read(reader, body.AddCall);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }
    }
}
