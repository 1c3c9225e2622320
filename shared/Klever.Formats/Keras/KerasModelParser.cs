using System.Text;
using System.Text.Json;
using Klever.Models;

namespace Klever.Formats.Keras;

/// <summary>Turns a model_config of Keras 1, 2 or 3 into one description.</summary>
internal sealed class KerasModelParser(ModelFile file)
{
    private int _layers;

    public KerasModel Parse(JsonElement root)
    {
        var config = new KerasConfig(root);
        return ParseModel(config.Text("class_name") ?? "Model", config.Inner("config").Element);
    }

    /// <summary>A layer that stands inside of another, such as the one a TimeDistributed repeats.</summary>
    public KerasLayer? ParseInner(KerasConfig wrapper, string key) =>
        wrapper.Find(key) is { ValueKind: JsonValueKind.Object } inner ? ParseLayer(inner) : null;

    private KerasModel ParseModel(string className, JsonElement config)
    {
        var settings = new KerasConfig(config);
        var isSequential = config.ValueKind == JsonValueKind.Array || !settings.Has("output_layers");
        var list = config.ValueKind == JsonValueKind.Array ? config : settings.Find("layers");
        if (list is not { ValueKind: JsonValueKind.Array } elements)
        {
            throw file.NotSupported(
                $"model_config does not list the layers of {Excerpt.Of(className)}: it is a class of its user, which only its own code "
                + "can describe. Save a Sequential or functional model");
        }

        var layers = elements.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Select(
            ParseLayer).ToList();
        var numbers = new KerasCallNumbers(layers);
        var inputs = KerasTensorParser.Parse(settings.Find("input_layers"));
        var outputs = KerasTensorParser.Parse(settings.Find("output_layers"));
        numbers.Note(inputs);
        numbers.Note(outputs);
        return new KerasModel(
            className,
            settings.Text("name") ?? className,
            isSequential,
            [.. layers.Select(numbers.Renumbered)],
            numbers.Renumbered(inputs),
            numbers.Renumbered(outputs),
            KerasConfig.Size(settings.Find("build_input_shape"), file.Limits.MaximumRank));
    }

    private KerasLayer ParseLayer(JsonElement element)
    {
        if (++_layers > file.Limits.MaximumNodes)
        {
            throw file.LimitExceeded($"the model has more than {file.Limits.MaximumNodes} layers");
        }

        var layer = new KerasConfig(element);
        var config = layer.Inner("config");
        var className = layer.Text("class_name")
            ?? throw file.NotTheFormat($"model_config: layer {_layers} has no class_name");
        var name = layer.Text("name") ?? config.Text("name") ?? className.ToLowerInvariant();
        foreach (var text in (string[])[className, name])
        {
            if (Encoding.UTF8.GetByteCount(text) > file.Limits.MaximumNameBytes)
            {
                throw file.LimitExceeded(
                    $"layer {_layers} has a name of more than {file.Limits.MaximumNameBytes} bytes");
            }
        }

        var nested = IsModel(className, config) ? ParseModel(className, config.Element) : null;
        return new KerasLayer(
            className, name, config, ParseNodes(layer), nested, ParseBranches(className, config), layer.Text(
                "module"), layer.Text("registered_name"));
    }

    private List<KerasModel> ParseBranches(string className, KerasConfig config) =>
        className == "Merge" && config.Find("layers") is { ValueKind: JsonValueKind.Array } branches
            ? [.. branches.EnumerateArray().Select(Parse)]
            : [];

    private static List<KerasNode> ParseNodes(KerasConfig layer) =>
        layer.Find("inbound_nodes") is { } nodes
            ? [.. KerasConfig.Items(nodes).Select(node => new KerasNode(KerasTensorParser.Parse(node), node))]
            : [];

    private static bool IsModel(string className, KerasConfig config) =>
        className is "Sequential" or "Functional" or "Model" || (config.Has("layers") && config.Has("output_layers"));
}
