using Klever.Formats.Protobuf;

namespace Klever.Formats.Caffe;

/// <summary>Looks through a <c>.caffemodel</c> (a binary <c>NetParameter</c>, of any length) for what makes it one. Weights are
/// passed over.</summary>
internal static class CaffeModelCheck
{
    private const int NameField = 1;
    private const int FormerLayersField = 2;
    private const int InputField = 3;
    private const int LayerField = 100;

    /// <exception cref="ModelReadException">It is not a trained Caffe network.</exception>
    public static void Run(ModelFile file)
    {
        var reader = new ProtobufReader(file);
        var layers = 0;
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case NameField or InputField:
                    reader.ReadName(reader.Field == NameField ? "name" : "input");
                    break;
                case LayerField:
                    layers++;
                    CheckLayer(reader, nameField: 1, typeField: 2, blobsField: 7);
                    break;
                case FormerLayersField:
                    layers++;
                    CheckLayer(reader, nameField: 4, typeField: null, blobsField: 6);
                    break;
                default:
                    reader.Skip();
                    break;
            }

            if (layers > file.Limits.MaximumNodes)
            {
                throw reader.LimitExceeded($"more than {file.Limits.MaximumNodes} layers");
            }
        }

        if (layers == 0)
        {
            throw file.NotTheFormat("no layer is in it, so it is not a trained Caffe network");
        }
    }

    private static void CheckLayer(ProtobufReader reader, int nameField, int? typeField, int blobsField)
    {
        using var layer = reader.EnterMessage("layer");
        while (reader.NextField())
        {
            if (reader.Field == nameField || reader.Field == typeField)
            {
                reader.ReadName(reader.Field == nameField ? "name" : "type");
            }
            else if (reader.Field == blobsField)
            {
                CheckBlob(reader);
            }
            else if (reader.Field == 5 && typeField is null)
            {
                reader.ReadInt32("type");
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void CheckBlob(ProtobufReader reader)
    {
        using var blob = reader.EnterMessage("blobs");
        while (reader.NextField())
        {
            reader.Skip();
        }
    }
}
