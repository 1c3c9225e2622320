using Klever.Formats.Keras.Operations;

namespace Klever.Formats.Keras.Shapes;

/// <summary>Attention: inputs are query and value, then perhaps the key.</summary>
internal static class AttentionShapes
{
    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
    [
        new("MultiHeadAttention", call => WithScores(call, MultiHead(call), call.Config.Integer("num_heads"))),
        new("GroupQueryAttention", call => Dimensions.One(call.Input)),
        new("GroupedQueryAttention", call => Dimensions.One(call.Input)),
        new("Attention", call => WithScores(call, Dot(call), heads: null)),
        new("AdditiveAttention", call => WithScores(call, Dot(call), heads: null)),
    ];

    // How well each query fits each key, where the call asks for it.
    private static IReadOnlyList<IReadOnlyList<long>?> WithScores(KerasCall call, IReadOnlyList<IReadOnlyList<long>?> outputs, long? heads)
    {
        if (call.Node is null || !KerasOperation.NamedOf(call.Node).TryGetValue("return_attention_scores", out var asked) || !asked.IsTrue)
        {
            return outputs;
        }

        var value = call.Inputs.Count > 1 ? call.Inputs[1].Size : call.Input;
        return call.Input is { Count: 3 } query && value is { Count: 3 }
            ? [.. outputs, heads is { } count ? [query[0], count, query[1], value[1]] : [query[0], query[1], value[1]]]
            : [.. outputs, null];
    }

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
