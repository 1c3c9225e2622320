using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>What Gluon's transforms do to an image, or to a batch of images, before a network (<c>image_random-inl.h</c>).</summary>
internal static class ImageOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["_image_to_tensor"] = ToTensor,
            ["_image_normalize"] = Normalize,
            ["_image_crop"] = Crop,
        };

    // Bytes with channels last become parts of one with channels first.
    private static void ToTensor(NodeConversion node)
    {
        long[] order = node.Rank() switch
        {
            3 => [2, 0, 1],
            4 => [0, 3, 1, 2],
            var rank => throw new Refusal($"an image has 3 or 4 dimensions, not {rank}"),
        };
        var parts = node.Step(
            "Div", [node.Cast(node.Input(0), "float32"), node.Constants.Scalar(byte.MaxValue, "float32")]);
        node.Onnx.Transpose(parts, order, node.Result);
    }

    private static void Normalize(NodeConversion node)
    {
        var mean = node.Attributes.Numbers("mean") is { Count: > 0 } means ? means : [0];
        var deviation = node.Attributes.Numbers("std") is { Count: > 0 } deviations ? deviations : [1];
        var shifted = node.Step("Sub", [node.Input(0), node.Unsqueeze(node.Numbers(mean), 1, 2)]);
        node.Emit("Div", [shifted, node.Unsqueeze(node.Numbers(deviation), 1, 2)]);
    }

    private static void Crop(NodeConversion node)
    {
        var rows = node.Rank() - 3;
        var (x, y) = (node.Attributes.Integer("x", 0), node.Attributes.Integer("y", 0));
        var (width, height) = (node.Attributes.Integer("width", 0), node.Attributes.Integer("height", 0));
        if (rows < 0 || x < 0 || y < 0 || width < 1 || height < 1)
        {
            throw new Refusal("x, y, width and height do not name a part of an image");
        }

        node.Emit(
            "Slice",
            [
                node.Input(0), node.Onnx.Integers(y, x), node.Onnx.Integers(y + height, x + width),
                node.Onnx.Integers(rows, rows + 1),
            ]);
    }
}
