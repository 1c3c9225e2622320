using Klever.Conversion.H5ToSavedModel.Layers;
using Klever.Conversion.H5ToSavedModel.Operations;
using Klever.Formats.Keras;
using Klever.Formats.Keras.Operations;
using Klever.Models;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Looks through a whole model for what cannot be converted, so that one error names it all.</summary>
internal sealed class KerasSupport(KerasH5 keras, KerasVersion version)
{
    /// <summary>Settings that only Keras 1 wrote.</summary>
    private static readonly string[] OldSettings = ["nb_filter", "border_mode", "dim_ordering", "inner_activation", "W_regularizer"];

    private readonly List<ConversionIssue> _issues = [];

    public void Require()
    {
        if (version.Major < 2 || (keras.Version is null && IsOld(keras.Model)))
        {
            var name = keras.Version is null ? "Keras 1" : $"Keras {keras.Version}";
            throw H5Errors.Error(
                ConversionProblem.UnsupportedVersion,
                $"{name} wrote it, and weights of Keras 1 are laid out otherwise; load it in Keras 2 and save it again");
        }

        Look(keras.Model);
        if (_issues.Count > 0)
        {
            throw H5Errors.Error(_issues);
        }
    }

    private static bool IsOld(KerasModel model) => model.Layers.Any(layer =>
        layer.Nested is { } nested ? IsOld(nested) : OldSettings.Any(layer.Config.Has));

    private void Look(KerasModel model)
    {
        foreach (var layer in model.Layers.Where(layer => !layer.IsInput))
        {
            Look(layer);
        }
    }

    private void Look(KerasLayer layer)
    {
        if (layer.Nested is { } nested)
        {
            Look(nested);
            return;
        }

        if (Problem(layer) is { } detail)
        {
            _issues.Add(new ConversionIssue(ConversionProblem.UnsupportedOperation, detail, layer.Name, layer.ClassName));
        }

        if (layer.ClassName is "TimeDistributed" or "Bidirectional" or "SpectralNormalization"
            && keras.Parser.ParseInner(layer.Config, "layer") is { } inner)
        {
            Look(inner);
        }
    }

    private static string? Problem(KerasLayer layer)
    {
        if (layer.ClassName == "Lambda")
        {
            return "it holds Python code, which is not run; put layers of Keras in its place";
        }

        if (KerasOperation.Is(layer))
        {
            return OperationEmitters.IsKnown(layer)
                ? null
                : $"its function {Excerpt.Of(layer.Config.Text("function") ?? KerasOperation.NameOf(layer))} is not converted; put a layer of Keras in its place";
        }

        if (IsCustom(layer))
        {
            return "it is a class of its user, whose code is not in the file; put layers of Keras in its place";
        }

        return KerasEmitters.Find(layer.ClassName) is null
            ? "this layer is not converted; put others in its place"
            : layer.ClassName.StartsWith("LocallyConnected", StringComparison.Ordinal) && layer.Config.Text("data_format") == "channels_first"
                ? "its channels stand in front, which is not converted"
                : SettingProblem(layer.Config);
    }

    private static string? SettingProblem(KerasConfig config)
    {
        if (config.Flag("stateful"))
        {
            return "it is stateful; build the model with stateful=False";
        }

        if (config.Find("lora_rank") is not null)
        {
            return "it has the weights of LoRA beside its own; merge them and save the model again";
        }

        if (Policy(config)?.Contains("_from_", StringComparison.Ordinal) == true)
        {
            return $"it is quantized ({Policy(config)}); save the model as it was before";
        }

        foreach (var key in (string[])["activation", "recurrent_activation"])
        {
            if (Activations.Name(config, key) is { } name && !Activations.IsKnown(name))
            {
                return $"its {key} \"{name}\" is not converted; put layers of Keras in its place";
            }
        }

        return null;
    }

    private static string? Policy(KerasConfig config) => config.Text("dtype") ?? config.Inner("dtype").Inner("config").Text("name");

    // "package>Name" is how Keras names what was registered by others; a class nobody knows is custom as well.
    private static bool IsCustom(KerasLayer layer) =>
        KerasEmitters.Find(layer.ClassName) is null
            ? IsOfOthers(layer.ClassName) || !KerasShapes.Knows(layer.ClassName)
            : layer.RegisteredName is { } registered && registered != layer.ClassName && IsOfOthers(registered);

    private static bool IsOfOthers(string name) =>
        name.Contains('>', StringComparison.Ordinal) && !name.StartsWith("Keras>", StringComparison.OrdinalIgnoreCase);
}
