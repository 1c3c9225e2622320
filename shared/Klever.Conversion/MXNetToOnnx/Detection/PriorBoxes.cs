using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Detection;

/// <summary>MultiBoxPrior (<c>multibox_prior.cc</c>): boxes around each place of the features. They follow from its
/// size alone, so they are written into the model.</summary>
internal static class PriorBoxes
{
    public static void Convert(NodeConversion node)
    {
        var (height, width) = (node.Dimension(2), node.Dimension(3));
        var shapes = Shapes(node, height, width);
        var count = TypedConstants.Count(height, width, shapes.Count, 4) / 4;
        var name = node.Between("boxes");
        node.Onnx.Initializers.Add(new OnnxTensor(
            name, OnnxElementType.Float32, [1, count, 4], TensorContent.Of(Boxes(node, height, width, shapes))));
        node.Emit("Cast", [name], OnnxTypes.To(node.DType()));
    }

    // Half the width and height: every size with the first ratio, then the first size with every other ratio.
    private static List<(float X, float Y)> Shapes(NodeConversion node, long height, long width)
    {
        var sizes = Floats(node, "sizes", 1);
        float[] roots = [.. Floats(node, "ratios", 1).Select(MathF.Sqrt)];
        return [.. sizes.Select(size => Shape(size, roots[0])), .. roots.Skip(1).Select(root => Shape(sizes[0], root))];

        (float X, float Y) Shape(float size, float root) => (size * height / width * root / 2, size / root / 2);
    }

    private static float[] Boxes(NodeConversion node, long height, long width, List<(float X, float Y)> shapes)
    {
        var steps = Floats(node, "steps", -1, -1);
        var offsets = Floats(node, "offsets", 0.5f, 0.5f);
        var (stepY, stepX) = steps[0] <= 0 || steps[1] <= 0 ? (1f / height, 1f / width) : (steps[0], steps[1]);
        var clips = node.Attributes.Flag("clip", fallback: false);
        var boxes = new List<float>();
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var (x, y) = ((column + offsets[1]) * stepX, (row + offsets[0]) * stepY);
                boxes.AddRange(shapes.SelectMany(shape => new[] { x - shape.X, y - shape.Y, x + shape.X, y + shape.Y }));
            }
        }

        return clips ? [.. boxes.Select(number => Math.Clamp(number, 0, 1))] : [.. boxes];
    }

    private static float[] Floats(NodeConversion node, string name, params float[] fallback) =>
        node.Attributes.Numbers(name) is { Count: > 0 } given && given.Count >= fallback.Length
            ? [.. given.Select(number => (float)number)]
            : fallback;
}
