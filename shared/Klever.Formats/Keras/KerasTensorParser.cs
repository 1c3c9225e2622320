using System.Text.Json;

namespace Klever.Formats.Keras;

/// <summary>Finds references to tensors wherever they stand: <c>["layer", node, index]</c> of Keras 1 and 2 (with
/// further arguments behind it), <c>__keras_tensor__</c> of Keras 3, in lists and in dictionaries.</summary>
internal static class KerasTensorParser
{
    private const string KerasTensorClass = "__keras_tensor__";

    public static IReadOnlyList<KerasTensor> Parse(JsonElement? element)
    {
        var found = new List<KerasTensor>();
        if (element is { } start)
        {
            Collect(start, found);
        }

        return found;
    }

    // The depth of the document is limited, and so is that of this walk.
    private static void Collect(JsonElement element, List<KerasTensor> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            if (IsReference(element))
            {
                found.Add(new KerasTensor(
                    element[0].GetString()!, element[1].GetInt32(), element[2].GetInt32(), Known: default));
                element.EnumerateArray().Skip(3).ToList().ForEach(argument => Collect(argument, found));
                return;
            }

            foreach (var item in element.EnumerateArray())
            {
                Collect(item, found);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            var settings = new KerasConfig(element);
            if (settings.Text("class_name") == KerasTensorClass)
            {
                AddKerasTensor(settings.Inner("config"), found);
                return;
            }

            foreach (var property in element.EnumerateObject())
            {
                Collect(property.Value, found);
            }
        }
    }

    private static void AddKerasTensor(KerasConfig config, List<KerasTensor> found)
    {
        if (config.Find("keras_history") is { ValueKind: JsonValueKind.Array } history && IsReference(history))
        {
            var known = new KerasValue(KerasConfig.Size(config.Find("shape")), KerasDType.Name(config.Find("dtype")));
            found.Add(new KerasTensor(history[0].GetString()!, history[1].GetInt32(), history[2].GetInt32(), known));
        }
    }

    public static bool IsReference(JsonElement array) =>
        array.GetArrayLength() >= 3 && array[0].ValueKind == JsonValueKind.String && IsIndex(array[1])
            && IsIndex(array[2]);

    private static bool IsIndex(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) && value >= 0;
}
