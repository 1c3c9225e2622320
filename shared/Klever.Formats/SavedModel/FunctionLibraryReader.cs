using Klever.Formats.Protobuf;

namespace Klever.Formats.SavedModel;

/// <summary>Reads a FunctionDefLibrary (function.proto): of each function its name, operation counts and
/// calls.</summary>
internal static class FunctionLibraryReader
{
    public static void Read(ProtobufReader reader, FunctionLibrary library)
    {
        foreach (var field in reader.EnterMessage("library"))
        {
            if (field == 1)
            {
                ReadFunction(reader, library);
            }
        }
    }

    private static void ReadFunction(ProtobufReader reader, FunctionLibrary library)
    {
        var name = "";
        var body = new FunctionBody();
        foreach (var field in reader.EnterMessage("function"))
        {
            switch (field)
            {
                case 1:
                    name = ReadSignatureName(reader);
                    break;
                case 3:
                    ReadNode(reader, body);
                    break;
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
        foreach (var field in reader.EnterMessage("signature"))
        {
            if (field == 1)
            {
                name = reader.ReadRecurringName("name");
            }
        }

        return name;
    }

    private static void ReadNode(ProtobufReader reader, FunctionBody body)
    {
        reader.CountNode();
        foreach (var field in reader.EnterMessage("node_def"))
        {
            switch (field)
            {
                case 2:
                    body.Layers.Add(reader.ReadRecurringName("op"));
                    break;
                case 5:
                    FunctionAttributeReader.Read(reader, body.AddCall);
                    break;
            }
        }
    }
}
