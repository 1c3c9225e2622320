using Klever.Conversion.H5ToSavedModel.Layers;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Looks through a whole model for what cannot be converted, so that one error names it all.</summary>
internal sealed class KerasSupport(KerasH5 keras, KerasVersion version)
{
    private static readonly HashSet<string> MaskUsers =
    [
        "LSTM", "GRU", "CuDNNLSTM", "CuDNNGRU", "SimpleRNN", "Bidirectional", "TimeDistributed", "GlobalAveragePooling1D",
        "MultiHeadAttention", "Softmax",
    ];

    private readonly List<ConversionIssue> _issues = [];

    public void Require()
    {
        if (version.Major < 2)
        {
            throw H5Errors.Error(
                ConversionProblem.UnsupportedVersion,
                $"Keras {keras.Version} wrote it, and weights of Keras 1 are laid out otherwise; load it in Keras 2 and save it again");
        }

        var classes = KerasLayerCounts.Of(keras.Model).Select(count => count.Type).ToHashSet();
        Look(keras.Model, classes);
        if (_issues.Count > 0)
        {
            throw H5Errors.Error(_issues);
        }
    }

    private void Look(KerasModel model, HashSet<string> classes)
    {
        foreach (var layer in model.Layers)
        {
            if (layer.Nested is { } nested)
            {
                Look(nested, classes);
            }
            else if (!layer.IsInput)
            {
                Look(layer, classes);
            }
        }
    }

    private void Look(KerasLayer layer, HashSet<string> classes)
    {
        if (Problem(layer, classes) is { } detail)
        {
            var problem = layer.Config.Text("data_format") == "channels_first"
                ? ConversionProblem.UnsupportedLayout
                : ConversionProblem.UnsupportedOperation;
            _issues.Add(new ConversionIssue(problem, detail, layer.Name, layer.ClassName));
        }

        if (layer.ClassName is "TimeDistributed" or "Bidirectional" && keras.Parser.ParseInner(
            layer.Config, "layer") is { Nested: null } inner)
        {
            Look(inner, classes);
        }
    }

    private static string? Problem(KerasLayer layer, HashSet<string> classes)
    {
        var config = layer.Config;
        if (layer.ClassName == "Lambda")
        {
            return "it holds Python code, which is not run; put layers of Keras in its place";
        }

        if (IsFunction(layer))
        {
            return "it is a function and not a layer; put a layer of Keras in its place";
        }

        if (IsCustom(layer))
        {
            return "it is a class of its user, whose code is not in the file; put layers of Keras in its place";
        }

        if (KerasEmitters.Find(layer.ClassName) is null)
        {
            return "this layer is not converted; put others in its place";
        }

        if (config.Text("data_format") == "channels_first")
        {
            return "its data_format is channels_first; build the model with channels_last";
        }

        if (config.Flag("stateful"))
        {
            return "it is stateful; build the model with stateful=False";
        }

        if ((layer.ClassName == "Masking" || config.Flag("mask_zero")) && classes.Overlaps(MaskUsers))
        {
            return "it makes a mask that other layers use, and masks are not converted; build the model without";
        }

        foreach (var key in (string[])["activation", "recurrent_activation"])
        {
            if (Activations.Name(config, key) is { } name && !Activations.IsKnown(name))
            {
                return $"its {key} \"{name}\" is not converted; put layers of Keras in its place";
            }
        }

        return KerasDType.Name(config.Find("dtype")) is { } dtype and not "float32" && layer.ClassName != "Embedding"
            ? $"it computes in {dtype}; float32 is converted"
            : null;
    }

    private static bool IsFunction(KerasLayer layer) => layer.ClassName switch
    {
        "TFOpLambda" => !OperationLayers.IsKnown(layer.Config),
        "TensorFlowOpLayer" or "SlicingOpLambda" => true,
        _ => layer.Module?.Contains(".ops", StringComparison.Ordinal) == true,
    };

    // "package>Name" is how Keras names what was registered by others; a class nobody knows is custom as well.
    private static bool IsCustom(KerasLayer layer) =>
        layer.ClassName.Contains('>', StringComparison.Ordinal)
        || layer.RegisteredName?.Contains('>', StringComparison.Ordinal) == true
        || (KerasEmitters.Find(layer.ClassName) is null && !KerasShapes.Knows(layer.ClassName));
}
