using Klever.Conversion.Tests.NetDefToOnnx;
using Klever.Formats;
using Klever.Formats.NetDef;
using Klever.Formats.Protobuf;
using Klever.Models;

namespace Klever.Conversion.Tests.Caffe;

/// <summary>Reads and runs the two nets of a NetDef model plainly.</summary>
internal static class NetFiles
{
    /// <summary>Every blob after a run.</summary>
    public static Dictionary<string, Values> Run(string modelDirectory, IReadOnlyDictionary<string, Values> inputs)
    {
        var blobs = ReadInit(Path.Combine(modelDirectory, "init_net.pb"));
        foreach (var (name, values) in inputs)
        {
            blobs[name] = values;
        }

        NetEvaluator.Run(NetReader.Read(Open(Path.Combine(modelDirectory, "predict_net.pb"))), blobs);
        return blobs;
    }

    public static Dictionary<string, Values> ReadInit(string path)
    {
        var blobs = new Dictionary<string, Values>(StringComparer.Ordinal);
        var reader = new ProtobufReader(Open(path));
        while (reader.NextField())
        {
            if (reader.Field == 2)
            {
                ReadFill(reader, blobs);
            }
        }

        return blobs;
    }

    private static void ReadFill(ProtobufReader reader, Dictionary<string, Values> blobs)
    {
        var (name, size, values) = ("", new List<long>(), new List<float>());
        foreach (var field in reader.EnterMessage("op"))
        {
            if (field == 2)
            {
                name = reader.ReadName("output");
            }
            else if (field == 5)
            {
                ReadArgument(reader, size, values);
            }
        }

        blobs[name] = new Values([.. size], [.. values]);
    }

    private static void ReadArgument(ProtobufReader reader, List<long> size, List<float> values)
    {
        foreach (var field in reader.EnterMessage("arg"))
        {
            if (field == 6)
            {
                reader.ReadRepeatedInt64("ints", size, maximum: 8);
            }
            else if (field == 5)
            {
                values.Add(reader.ReadFloat("floats"));
            }
        }
    }

    private static ModelFile Open(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return new ModelFile(
            ModelFormat.NetDef, "model/" + Path.GetFileName(path), bytes.Length, new MemoryStream(bytes), ReadLimits.Default);
    }
}
