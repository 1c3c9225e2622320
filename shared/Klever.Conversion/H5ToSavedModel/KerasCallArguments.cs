using System.Text.Json;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Arguments that a call gives by name. Keras 2 writes them behind the reference, Keras 3 as
/// <c>kwargs</c>.</summary>
internal static class KerasCallArguments
{
    private static readonly string[] Switches = ["training", "use_causal_mask", "return_attention_scores"];

    private static readonly string[] OfAttention = ["use_causal_mask", "return_attention_scores"];

    private static readonly string[] AttentionClasses = ["MultiHeadAttention", "Attention", "AdditiveAttention"];

    /// <summary>What a call asks for that is not converted, or null.</summary>
    public static string? Problem(KerasLayer layer, KerasNode node)
    {
        if (HasConstant(Tensors(node.Source)))
        {
            return "it is called with a constant beside its tensors, which is not converted; let a layer of the model make it";
        }

        var arguments = Named(node.Source).ToList();
        var isAttention = AttentionClasses.Contains(layer.ClassName);
        var given = arguments.Find(argument =>
            argument.Name == "attention_mask" && !isAttention ? argument.Value.ValueKind != JsonValueKind.Null
                : KerasGivenMasks.IsMask(argument.Name) && IsConstant(argument.Value));
        if (given.Name is not null)
        {
            return $"it is called with {given.Name}, which is not converted; let Masking or mask_zero make the mask";
        }

        var on = arguments.Find(argument => Switches.Contains(argument.Name)
            && argument.Value.ValueKind == JsonValueKind.True && !(isAttention && OfAttention.Contains(argument.Name)));
        return on.Name is null ? null : $"it is called with {on.Name}=True, which is not converted";
    }

    /// <summary>Whether a call turns something on.</summary>
    public static bool IsOn(KerasNode? node, string name) =>
        node is not null && Named(node.Source).Any(argument => argument.Name == name && argument.Value.ValueKind == JsonValueKind.True);

    /// <summary>The names of the tensors of a call, in the order of its inputs; null for one that is given by position.</summary>
    public static IReadOnlyList<string?> TensorNames(KerasNode node) => [.. TensorNames(node.Source, name: null)];

    /// <summary>An argument that is given by its name; undefined when it is not.</summary>
    public static JsonElement Find(JsonElement source, string name) =>
        Named(source).Where(argument => argument.Name == name).Select(argument => argument.Value).FirstOrDefault();

    // What stands where tensors do: all of a node of Keras 2, and the arguments by position of Keras 3.
    private static JsonElement Tensors(JsonElement source) =>
        source.ValueKind == JsonValueKind.Object && source.TryGetProperty("args", out var args) ? args : source;

    // ["_CONSTANT_VALUE", -1, 2.0, {…}] of Keras 2, numbers and arrays of Keras 3.
    private static bool HasConstant(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array when KerasTensorParser.IsReference(element) => false,
        JsonValueKind.Array => element.EnumerateArray().Any(HasConstant)
            || (element.GetArrayLength() > 2 && element[0].ValueKind == JsonValueKind.String && element[0].ValueEquals("_CONSTANT_VALUE")),
        JsonValueKind.Object => new KerasConfig(element).Text("class_name") is "__tensor__" or "__numpy__" or "__array__",
        JsonValueKind.Number => true,
        _ => false,
    };

    // Something else than a tensor, or a list of tensors and nothing.
    private static bool IsConstant(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.Array => !KerasTensorParser.IsReference(value) && value.EnumerateArray().Any(IsConstant),
        JsonValueKind.Object => new KerasConfig(value).Text("class_name") != "__keras_tensor__",
        _ => true,
    };

    private static IEnumerable<string?> TensorNames(JsonElement element, string? name)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return IsReference(element)
                ? [name, .. element.EnumerateArray().Skip(3).SelectMany(item => TensorNames(item, name))]
                : element.EnumerateArray().SelectMany(item => TensorNames(item, name));
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        return new KerasConfig(element).Text("class_name") == "__keras_tensor__"
            ? [name]
            : element.EnumerateObject().SelectMany(property => TensorNames(
                property.Value, property.Name is "args" or "kwargs" ? name : name ?? property.Name));
    }

    private static bool IsReference(JsonElement array) =>
        array.GetArrayLength() >= 3 && array[0].ValueKind == JsonValueKind.String
        && array[1].ValueKind == JsonValueKind.Number && array[1].TryGetInt32(out var node) && node >= 0
        && array[2].ValueKind == JsonValueKind.Number;

    // The settings of a tensor (__keras_tensor__) are no arguments.
    private static IEnumerable<(string Name, JsonElement Value)> Named(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Named),
        JsonValueKind.Object when element.TryGetProperty("class_name", out _) => [],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name == "kwargs" || property.Name == "args"
                ? Named(property.Value)
                : [(property.Name, property.Value)]),
        _ => [],
    };
}
