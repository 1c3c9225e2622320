using System.Text.Json;

namespace Klever.Formats.Keras.Operations;

/// <summary>A function that stands in a model as a layer, with its arguments, however they are written: Keras 2 has TFOpLambda and
/// SlicingOpLambda (the name of a function of TensorFlow) and TensorFlowOpLayer (a node of a graph), Keras 3 classes of
/// <c>keras.ops</c>.</summary>
internal sealed class KerasOperation
{
    private readonly KerasConfig _config;
    private readonly IReadOnlyList<KerasArgument> _positional;
    private readonly IReadOnlyDictionary<string, KerasArgument> _named;

    private KerasOperation(
        string name, KerasConfig config, IReadOnlyList<KerasArgument> positional, IReadOnlyDictionary<string, KerasArgument> named) =>
        (Name, _config, _positional, _named) = (name, config, positional, named);

    /// <summary>In small letters, without what stands before it and without underscores: <c>reducemean</c> of
    /// <c>math.reduce_mean</c>.</summary>
    public string Name { get; }

    /// <summary>Whether it is one of TensorFlow 1, which places pixels otherwise.</summary>
    public bool IsOfTensorFlow1 { get; private init; }

    /// <summary>Arguments by position.</summary>
    public IReadOnlyList<KerasArgument> Positional => _positional;

    /// <summary>Whether a layer is a function. Those of Keras 3 have the class names of real layers, but not their settings.</summary>
    public static bool Is(KerasLayer layer) =>
        layer.ClassName is "TFOpLambda" or "SlicingOpLambda" or "TensorFlowOpLayer"
        || layer.Module?.Contains(".ops", StringComparison.Ordinal) == true;

    public static string NameOf(KerasLayer layer)
    {
        var name = layer.ClassName switch
        {
            "TFOpLambda" or "SlicingOpLambda" => layer.Config.Text("function") ?? "",
            "TensorFlowOpLayer" => KerasOpNode.Of(layer.Config).Operation,
            _ => layer.ClassName,
        };
        return name[(name.LastIndexOf('.') + 1)..].Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
    }

    public static KerasOperation Of(KerasLayer layer, KerasNode? node)
    {
        var name = NameOf(layer);
        var parser = new KerasArgumentParser();
        if (node is null)
        {
            return new KerasOperation(name, layer.Config, [new KerasArgument(default, Input: 0)], NoArguments);
        }

        var source = new KerasConfig(node.Source);
        if (source.Element.ValueKind == JsonValueKind.Object)
        {
            var args = source.Find("args") is { } list ? parser.Parse(list).Items ?? [] : [];
            var kwargs = source.Find("kwargs") is { ValueKind: JsonValueKind.Object } named ? parser.ParseFields(named) : NoArguments;
            return new KerasOperation(name, layer.Config, args, kwargs);
        }

        var first = parser.Parse(node.Source);
        return layer.ClassName == "TensorFlowOpLayer"
            ? OfNode(name, KerasOpNode.Of(layer.Config), first.Items ?? [first])
            : new KerasOperation(name, default, [first], FieldsOf(first))
            {
                IsOfTensorFlow1 = layer.Config.Text("function")?.StartsWith("compat.v1.", StringComparison.Ordinal) == true,
            };
    }

    /// <summary>The arguments that a call of any layer gives by name.</summary>
    public static IReadOnlyDictionary<string, KerasArgument> NamedOf(KerasNode node)
    {
        var parser = new KerasArgumentParser();
        var source = new KerasConfig(node.Source);
        return source.Element.ValueKind != JsonValueKind.Object
            ? FieldsOf(parser.Parse(node.Source))
            : source.Find("kwargs") is { ValueKind: JsonValueKind.Object } named ? parser.ParseFields(named) : NoArguments;
    }

    /// <summary>An argument by any of its names, else by its position; null when it is not given, or None.</summary>
    public KerasArgument? Find(int position, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_named.TryGetValue(name, out var found) && !found.IsNull)
            {
                return found;
            }

            if (_config.Find(name) is { } setting)
            {
                return new KerasArgumentParser().Parse(setting);
            }
        }

        if (position < 0 || position >= _positional.Count || _positional[position].IsNull)
        {
            return null;
        }

        // Older files write a single tensor as a list of one.
        return _positional[position] is { Items: [{ Input: not null } only] } ? only : _positional[position];
    }

    private static readonly Dictionary<string, KerasArgument> NoArguments = [];

    // Constants stand between the tensors, by their number among the inputs of the node.
    private static KerasOperation OfNode(string name, KerasOpNode node, IReadOnlyList<KerasArgument> tensors)
    {
        var inputs = tensors.ToList();
        foreach (var (index, value) in node.Constants.OrderBy(constant => constant.Index))
        {
            inputs.Insert(Math.Clamp(index, 0, inputs.Count), new KerasArgumentParser().Parse(value));
        }

        return new KerasOperation(name, default, inputs, node.Attributes);
    }

    // Keras 2 writes the arguments by name behind the first tensor, also where it is the first of a list.
    private static IReadOnlyDictionary<string, KerasArgument> FieldsOf(KerasArgument first) =>
        first.Fields ?? (first.Items is { Count: > 0 } items ? FieldsOf(items[0]) : NoArguments);
}
