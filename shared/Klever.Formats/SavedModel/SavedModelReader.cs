using Klever.Formats.Protobuf;
using Klever.Models;

namespace Klever.Formats.SavedModel;

/// <summary>Reads <c>saved_model.pb</c> (saved_model.proto); variables and assets beside it are never opened.</summary>
internal sealed class SavedModelReader : IModelReader
{
    private const int MetaGraphField = 2;

    private MetaGraph? _metaGraph;

    public FileUse Use(string path) =>
        ModelFormat.SavedModel.Requires[0].Matches(path) ? FileUse.Forward : FileUse.Skip;

    public void Read(ModelFile file)
    {
        var reader = new ProtobufReader(file);
        while (reader.NextField())
        {
            if (reader.Field == MetaGraphField)
            {
                var metaGraph = MetaGraphReader.Read(reader);
                _metaGraph = _metaGraph?.Suitability >= metaGraph.Suitability ? _metaGraph : metaGraph;
            }
        }

        if (_metaGraph is null)
        {
            throw file.NotTheFormat("the model has no meta graph (field 2)");
        }
    }

    public Signature Complete()
    {
        var signature = _metaGraph!.Served ?? new SignatureDef();
        return new Signature
        {
            Inputs = SignatureDef.Tensors(signature.Inputs),
            Outputs = SignatureDef.Tensors(signature.Outputs),
            Layers = CountLayers(_metaGraph, signature).ToList(),
        };
    }

    // The main graph of a TF2 model is little more than one call, so the functions that the signature reaches count
    // too.
    private static LayerCounter CountLayers(MetaGraph metaGraph, SignatureDef signature)
    {
        var layers = new LayerCounter();
        layers.Add(metaGraph.Graph.Layers);
        var outputs = signature.Outputs.Values.SelectMany(output => output.GraphTensors);
        foreach (var function in metaGraph.Library.Reached(metaGraph.Graph.CallsBefore(outputs)))
        {
            layers.Add(function.Layers);
        }

        return layers;
    }
}
