namespace Klever.Formats.MXNet.Shapes;

/// <summary>Operations that take the size of another input, whole or a part of it.</summary>
internal static class LikeRules
{
    private static readonly string[] Ends = ["lhs_begin", "lhs_end", "rhs_begin", "rhs_end"];

    public static readonly IReadOnlyDictionary<string, Func<NodeShapes, long[]?[]>> Table =
        new Dictionary<string, Func<NodeShapes, long[]?[]>>
        {
            ["reshape_like"] = node => [ReshapeLike(node)],
            ["broadcast_like"] = node => [BroadcastLike(node)],
        };

    // The axes of the first input between two places become those of the second between two others.
    private static long[]? ReshapeLike(NodeShapes node)
    {
        if (!Ends.Any(node.Attributes.Has))
        {
            return node.Input(1);
        }

        if (node.First is not { } input || node.Input(1) is not { } like)
        {
            return null;
        }

        var own = Range(node, "lhs", input.Length);
        var others = Range(node, "rhs", like.Length);
        return own is null || others is null
            ? null
            : [.. input[..own.Value.Start], .. like[others.Value], .. input[own.Value.End..]];
    }

    private static Range? Range(NodeShapes node, string side, int rank)
    {
        var (start, end) = (Place($"{side}_begin", 0), Place($"{side}_end", rank));
        return start >= 0 && start <= end && end <= rank ? (int)start..(int)end : null;

        long Place(string name, long fallback) =>
            node.Attributes.Integer(name, fallback) is var place && place < 0 ? place + rank : place;
    }

    private static long[]? BroadcastLike(NodeShapes node)
    {
        if (node.Attributes.Integers("lhs_axes") is not { } own)
        {
            return node.Input(1);
        }

        var others = node.Attributes.Integers("rhs_axes");
        if (node.First is not { } input || node.Input(1) is not { } like || others?.Count != own.Count)
        {
            return null;
        }

        var output = (long[]?)input;
        foreach (var (axis, other) in own.Zip(others))
        {
            var size = NodeShapes.Axis(like, other) is { } place ? like[place] : -1;
            output = NodeShapes.With(output, axis, _ => size);
        }

        return output;
    }
}
