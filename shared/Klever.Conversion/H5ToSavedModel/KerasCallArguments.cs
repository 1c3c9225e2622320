using System.Text.Json;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Arguments that a call gives by name. Keras 2 writes them behind the reference, Keras 3 as
/// <c>kwargs</c>.</summary>
internal static class KerasCallArguments
{
    private static readonly string[] Masks = ["mask", "attention_mask", "query_mask", "value_mask", "key_mask"];

    private static readonly string[] Switches = ["training", "use_causal_mask", "return_attention_scores"];

    /// <summary>What a call asks for that is not converted, or null.</summary>
    public static string? Problem(KerasNode node)
    {
        var arguments = Named(node.Source).ToList();
        var given = arguments.Find(argument => Masks.Contains(argument.Name) && argument.Value.ValueKind is not (
            JsonValueKind.Null or JsonValueKind.Undefined));
        if (given.Name is not null)
        {
            return $"it is called with {given.Name}, and masks are not converted";
        }

        var on = arguments.Find(
            argument => Switches.Contains(argument.Name) && argument.Value.ValueKind == JsonValueKind.True);
        return on.Name is null ? null : $"it is called with {on.Name}=True, which is not converted";
    }

    /// <summary>Whether one argument is named before another.</summary>
    public static bool IsBefore(KerasNode node, string first, string second)
    {
        var names = Named(node.Source).Select(argument => argument.Name).ToList();
        return names.IndexOf(first) is >= 0 and var position && names.IndexOf(second) > position;
    }

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
