
namespace Klever.Formats.Keras.Shapes;

/// <summary>Attention: inputs are query and value, then perhaps the key.</summary>
internal static class AttentionShapes
{
    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
    [
        new("MultiHeadAttention", MultiHead),
        new("GroupQueryAttention", call => Dimensions.One(call.Input)),
        new("GroupedQueryAttention", call => Dimensions.One(call.Input)),
        new("Attention", Dot),
        new("AdditiveAttention", Dot),
    ];

    private static IReadOnlyList<IReadOnlyList<long>?> MultiHead(KerasCall call)
    {
        if (call.Input is not { Count: > 1 } query || call.Config.Find("output_shape") is not { } given)
        {
            return Dimensions.One(call.Input);
        }

        var size = KerasConfig.Integer(given) is { } single ? [single] : KerasConfig.Size(given);
        return Dimensions.One(size is null ? null : [.. query.Take(query.Count - 1), .. size]);
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Dot(KerasCall call) =>
        Dimensions.One(Dimensions.WithLast(
            call.Input, call.Inputs.Count > 1 && call.Inputs[1].Size is { Count: > 0 } value ? value[^1] : null));
}
