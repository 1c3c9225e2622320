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
        var weights = KerasWeightMap.Read(keras, version);
        try
        {
            return Emit(file, keras, version, weights);
        }
        catch (ConversionException exception) when (weights.HasNested && exception.Problem is
            ConversionProblem.WeightShapeMismatch or ConversionProblem.MissingWeight)
        {
            return EmitByNames(file, keras, version)
                ?? throw H5Errors.Error(exception.Issues);
        }
    }

    private static TfSavedModel? EmitByNames(ModelFile file, KerasH5 keras, KerasVersion version)
    {
        try
        {
            return Emit(file, keras, version, KerasWeightMap.Read(keras, version, byNames: true));
        }
        catch (ConversionException)
        {
            return null;
        }
    }

    private static TfSavedModel Emit(ModelFile file, KerasH5 keras, KerasVersion version, KerasWeightMap weights)
    {
        var emitter = new KerasGraphEmitter(file, keras, version, weights);
        var declared = KerasInputs.Of(keras.Model);
        var inputs = declared.Select(input => AddInput(emitter.Graph, input)).ToList();
        var values = emitter.EmitModel(keras.Model, [.. inputs.Select(input => input.Value)], scope: "");
        var names = KerasOutputs.Names(keras.Model);
        var described = new KerasInference(file, keras.Parser).Run(
            keras.Model, [.. declared.Select(input => input.Value)], isOutermost: true);
        var outputs = names.Select((name, i) => AddOutput(emitter.Graph, name, values[i], described[i])).ToList();
        return new TfSavedModel(
            emitter.Graph.Nodes, emitter.Functions, [.. inputs.Select(input => input.Signature)], outputs);
    }

    // Real numbers of any precision become float32 where they come in.
    private static (GraphValue Value, TfSignatureTensor Signature) AddInput(TfGraph graph, KerasInput input)
    {
        var size = input.Value.Size ?? throw H5Errors.Error(
            ConversionProblem.BadInputSpecification,
            $"input \"{input.Name}\" has no size: the model was never built. Build it (model.build, or call it once) and save it again");
        var type = KerasTypes.Of(input.Value.DType) ?? throw H5Errors.Error(
            ConversionProblem.BadInputSpecification, $"input \"{input.Name}\" is {input.Value.DType}; numbers are converted");
        var node = graph.Add(
            InputPrefix + input.Name, "Placeholder", [], TfAttribute.Type("dtype", type), TfAttribute.Shape(
                "shape", size));
        var signature = new TfSignatureTensor(input.Name, node + ":0", type, size);
        return type is TfType.Half or TfType.BFloat16 or TfType.Double
            ? (new GraphValue(new TfOps(graph, input.Name).CastTo(node, type), size), signature)
            : (new GraphValue(node, size, type), signature);
    }

    // The signature is that of the H5 file, so that the converted model can stand in its place.
    private static TfSignatureTensor AddOutput(TfGraph graph, string name, GraphValue value, KerasValue described)
    {
        var type = KerasTypes.Of(described.DType) ?? value.Type;
        var ops = new TfOps(graph, name, type);
        var node = ops.Identity($"{name}/output", ops.CastTo(value.Tensor, value.Type));
        return new TfSignatureTensor(name, node + ":0", type, described.Size ?? value.Size);
    }
}
