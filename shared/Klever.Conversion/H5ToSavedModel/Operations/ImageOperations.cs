using Klever.Conversion.H5ToSavedModel.Layers;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel.Operations;

/// <summary>Functions of images.</summary>
internal static class ImageOperations
{
    private static readonly string[] PixelPositions = ["align_corners", "half_pixel_centers"];

    /// <summary>Of TensorFlow 1, by their numbers.</summary>
    private static readonly string[] Methods = ["bilinear", "nearest", "bicubic", "area"];

    public static IEnumerable<KeyValuePair<string, OperationEmitter>> Rules { get; } =
    [
        .. OperationEmitters.Lines(Resize, "resize"),
        .. OperationEmitters.Lines(call => ResizeNode(call, "ResizeBilinear"), "resizebilinear"),
        .. OperationEmitters.Lines(call => ResizeNode(call, "ResizeBicubic"), "resizebicubic"),
        .. OperationEmitters.Lines(call => ResizeNode(call, "ResizeNearestNeighbor"), "resizenearestneighbor"),
        .. OperationEmitters.Lines(DepthToSpace, "depthtospace", "spacetodepth"),
        .. OperationEmitters.Lines(call => Pool(call, "MaxPool"), "maxpool", "maxpool2d"),
        .. OperationEmitters.Lines(call => Pool(call, "AvgPool"), "avgpool", "avgpool2d", "averagepool"),
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
        var method = call.Operation.Find(2, "method", "interpolation");
        var name = method?.Integer is { } number
            ? Methods.ElementAtOrDefault((int)Math.Clamp(number, -1, Methods.Length)) ?? "of this number"
            : method?.Text ?? "bilinear";
        if (call.Operation.Find(-1, "align_corners")?.IsTrue == true)
        {
            throw call.Refuse("it aligns corners, which is not converted");
        }

        return ResizingLayers.Resize(call.Layer, call.Ops, value, name, target, hasPixelCenters: !call.Operation.IsOfTensorFlow1);
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

        var size = call.SizeOf(call.Value());
        var isToSpace = call.Operation.Name == "depthtospace";
        var fits = block is > 1 and < 1000 && size.Count == 4
            && (isToSpace ? size[3] % (block * block) == 0 : (size[1] < 0 || size[1] % block == 0) && (size[2] < 0 || size[2] % block == 0));
        return fits
            ? call.Ops.Op(isToSpace ? "DepthToSpace" : "SpaceToDepth", [value], TfAttribute.Integer("block_size", block!.Value))
            : throw call.Refuse("its block size does not fit its input");
    }

    private static string Pool(OperationEmission call, string op)
    {
        var value = call.Real();
        var window = call.SizeOf(call.Value()).Count == 4 ? call.Operation.Window() : null;
        return window is null
            ? throw call.Refuse("it is converted for images with their channels behind them")
            : call.Ops.Op(
                op, [value],
                TfAttribute.Integers("ksize", [1, .. window.Size, 1]), TfAttribute.Integers("strides", [1, .. window.Strides, 1]),
                TfAttribute.Text("padding", window.IsSame ? "SAME" : "VALID"));
    }
}
