using System.Text;
using Klever.Formats.Protobuf;

namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>Writes variables as a tensor bundle of one shard: <c>variables.data-00000-of-00001</c> and
/// <c>variables.index</c>.</summary>
internal static class TensorBundleWriter
{
    public const string Directory = "variables";
    public const string Prefix = "variables";

    public static void Write(string modelDirectory, IReadOnlyDictionary<string, TfTensor> variables)
    {
        var directory = Path.Combine(modelDirectory, Directory);
        System.IO.Directory.CreateDirectory(directory);
        using var data = File.Create(Path.Combine(directory, Prefix + ".data-00000-of-00001"));
        using var index = File.Create(Path.Combine(directory, Prefix + ".index"));
        var table = new TableWriter(index);
        table.Add([], new ProtobufWriter().Varint(1, 1).Message(3, version => version.Varint(1, 1)).Written);
        var entries = variables.Select(
            variable => (Key: Encoding.UTF8.GetBytes(variable.Key), Tensor: variable.Value)).ToList();
        entries.Sort((left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key));
        foreach (var (key, tensor) in entries)
        {
            var offset = data.Position;
            var target = new ChecksumStream(data);
            tensor.WriteTo(target);
            table.Add(key, Entry(tensor, offset, target.Masked));
        }

        table.Complete();
    }

    // BundleEntryProto: the shape is always present, offset 0 and shard 0 are not.
    private static byte[] Entry(TfTensor tensor, long offset, uint checksum)
    {
        var entry = new ProtobufWriter()
            .Varint(1, (int)tensor.Type)
            .Message(2, shape => TfAttribute.WriteShape(shape, tensor.Shape));
        if (offset > 0)
        {
            entry.Varint(4, offset);
        }

        const byte ChecksumTag = (6 << 3) | (int)WireType.Fixed32;
        return [.. entry.Varint(5, tensor.ByteLength).Written, ChecksumTag, .. BitConverter.GetBytes(checksum)];
    }
}
