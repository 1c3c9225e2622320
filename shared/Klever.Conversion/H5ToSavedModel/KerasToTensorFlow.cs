using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Turns a Keras H5 file into a graph of TensorFlow with a signature.</summary>
internal static class KerasToTensorFlow
{
    private const string InputPrefix = "serving_default_";

    /// <exception cref="ModelReadException">The file is not a Keras model, or holds something that cannot be
    /// converted.</exception>
    public static TfSavedModel Convert(ModelFile file)
    {
        var keras = KerasH5.Open(file);
        var version = KerasVersion.Of(keras);
        new KerasSupport(keras, version).Require();
        var emitter = new KerasGraphEmitter(file, keras, version, KerasWeightMap.Read(keras, version));
        var inputs = KerasInputs.Of(keras.Model).Select(input => AddInput(emitter.Graph, input)).ToList();
        var values = emitter.EmitModel(keras.Model, [.. inputs.Select(input => input.Value)], scope: "");
        var outputs = KerasOutputs.Names(keras.Model).Select(
            (name, i) => AddOutput(emitter.Graph, name, values[i])).ToList();
        return new TfSavedModel(
            emitter.Graph.Nodes, emitter.Functions, [.. inputs.Select(input => input.Signature)], outputs);
    }

    private static (GraphValue Value, TfSignatureTensor Signature) AddInput(TfGraph graph, KerasInput input)
    {
        var size = input.Value.Size ?? throw H5Errors.Error(
            ConversionProblem.BadInputSpecification,
            $"input \"{input.Name}\" has no size: the model was never built. Build it (model.build, or call it once) and save it again");
        var type = input.Value.DType switch
        {
            "float32" => TfType.Float,
            "int32" => TfType.Int32,
            "int64" => TfType.Int64,
            var other => throw H5Errors.Error(
                ConversionProblem.BadInputSpecification,
                $"input \"{input.Name}\" is {other}; float32, int32 and int64 are converted"),
        };
        var node = graph.Add(
            InputPrefix + input.Name, "Placeholder", [], TfAttribute.Type("dtype", type), TfAttribute.Shape(
                "shape", size));
        return (new GraphValue(node, input.Value), new TfSignatureTensor(input.Name, node + ":0", type, size));
    }

    private static TfSignatureTensor AddOutput(TfGraph graph, string name, GraphValue value)
    {
        if (value.Value.DType != "float32")
        {
            throw H5Errors.Error(
                ConversionProblem.UnsupportedOperation,
                $"output \"{name}\" is {value.Value.DType}; float32 is converted");
        }

        var node = new TfOps(graph, name).Identity($"{name}/output", value.Tensor);
        return new TfSignatureTensor(name, node + ":0", TfType.Float, value.Size);
    }
}
