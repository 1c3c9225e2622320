using Klever.Formats.Protobuf;
using Klever.Models;

namespace Klever.Formats.Onnx;

/// <summary>Reads <c>*.onnx</c> (onnx.proto3, ModelProto). Weights are passed over, external data is never
/// opened.</summary>
internal sealed class OnnxModelReader : IModelReader
{
    private const int GraphField = 7;

    private Signature _signature = Signature.Empty;

    public FileUse Use(string path) => ModelFormat.Onnx.Requires[0].Matches(path) ? FileUse.Forward : FileUse.Skip;

    public void Read(ModelFile file)
    {
        var reader = new ProtobufReader(file);
        OnnxGraph? graph = null;
        while (reader.NextField())
        {
            if (reader.Field == GraphField)
            {
                OnnxGraphReader.Read(reader, graph ??= new OnnxGraph());
            }
        }

        _signature = graph?.ToSignature(file) ?? throw file.NotTheFormat("the model has no graph (field 7)");
    }

    public Signature Complete() => _signature;
}
