using Klever.Conversion.H5ToSavedModel.Layers;
using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Operations;

/// <summary>Functions of images.</summary>
internal static class ImageOperations
{
    private static readonly string[] PixelPositions = ["align_corners", "half_pixel_centers"];

    public static IEnumerable<KeyValuePair<string, OperationEmitter>> Rules { get; } =
    [
        .. OperationEmitters.Lines(Resize, "resize"),
        .. OperationEmitters.Lines(call => ResizeNode(call, "ResizeBilinear"), "resizebilinear"),
        .. OperationEmitters.Lines(call => ResizeNode(call, "ResizeBicubic"), "resizebicubic"),
        .. OperationEmitters.Lines(call => ResizeNode(call, "ResizeNearestNeighbor"), "resizenearestneighbor"),
        .. OperationEmitters.Lines(DepthToSpace, "depthtospace"),
    ];

    private static string Resize(OperationEmission call)
    {
        string[] switches = ["antialias", "preserve_aspect_ratio", "crop_to_aspect_ratio", "pad_to_aspect_ratio"];
        if (Array.Exists(switches, name => call.Operation.Find(-1, name)?.IsTrue == true) || call.Value().Size?.Count != 4
            || call.Operation.Find(-1, "data_format")?.Text == "channels_first")
        {
            throw call.Refuse("it is converted for a batch of images that are stretched, without antialias");
        }

        var value = call.Real();
        var target = call.Integers(call.Required(1, "size"), "size");
        var method = call.Operation.Find(2, "method", "interpolation")?.Text ?? "bilinear";
        return ResizingLayers.Resize(call.Layer, call.Ops, value, method, target, hasPixelCenters: true);
    }

    // As TensorFlow 1 and nodes of graphs have it.
    private static string ResizeNode(OperationEmission call, string op)
    {
        var value = call.Real();
        TfAttribute[] switches =
        [
            .. PixelPositions
                .Where(name => call.Operation.Find(-1, name)?.IsTrue == true).Select(name => TfAttribute.Flag(name, flag: true)),
        ];
        return call.Ops.Op(op, [value, call.Integers(call.Required(1, "size"), "size")], switches);
    }

    private static string DepthToSpace(OperationEmission call)
    {
        var value = call.Own();
        var block = call.Required(1, "block_size").Integer;
        if (call.Operation.Find(-1, "data_format")?.Text is { } format && format != "NHWC")
        {
            throw call.Refuse("it is converted for channels behind the image");
        }

        return block is > 1 and < 1000 && call.SizeOf(call.Value()) is [_, _, _, var channels] && channels % (block * block) == 0
            ? call.Ops.Op("DepthToSpace", [value], TfAttribute.Integer("block_size", block.Value))
            : throw call.Refuse("its block size does not fit its input");
    }
}
