using Klever.Formats.Protobuf;

namespace Klever.Formats.Caffe;

/// <summary>Looks through a <c>.caffemodel</c> (a binary <c>NetParameter</c>, of any length) for what makes it one.
/// Weights are
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
            if (reader.Field is NameField or InputField)
            {
                reader.ReadRecurringName(reader.Field == NameField ? "name" : "input");
            }
            else if (reader.Field is LayerField or FormerLayersField)
            {
                layers++;
                CheckLayer(reader, isFormer: reader.Field == FormerLayersField);
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

    private static void CheckLayer(ProtobufReader reader, bool isFormer)
    {
        var (nameField, typeField) = isFormer ? (4, 5) : (1, 2);
        foreach (var field in reader.EnterMessage("layer"))
        {
            if (field == nameField || (field == typeField && !isFormer))
            {
                reader.ReadRecurringName(field == nameField ? "name" : "type");
            }
            else if (field == typeField)
            {
                reader.ReadInt32("type");
            }
        }
    }
}
