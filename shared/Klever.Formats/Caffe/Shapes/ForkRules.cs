using Klever.Formats.Caffe.TextFormat;
using Klever.Formats.Shapes;

namespace Klever.Formats.Caffe.Shapes;

/// <summary>Recurrent layers, and layers of forks that scale images up and down.</summary>
internal static class ForkRules
{
    public static readonly IReadOnlyDictionary<string, Func<LayerShapes, long[]?[]>> Table =
        new Dictionary<string, Func<LayerShapes, long[]?[]>>
        {
            ["LSTM"] = Recurrent,
            ["RNN"] = Recurrent,
            ["LSTMUnit"] = layer => layer.Every(layer.First),
            ["Interp"] = layer => layer.Every(Interpolate(layer.First, layer.Parameter("interp_param"))),
            ["Upsample"] = layer => layer.Every(Upsample(layer.First, layer.Parameter("upsample_param"))),
            ["Reorg"] = layer => layer.Every(Reorganize(layer.First, layer.Parameter("reorg_param"))),
            ["CReLU"] = layer => layer.Every(LayerShapes.With(layer.First, 1, channels => LayerShapes.Times(channels, 2))),
        };

    // Time, items, outputs. Hidden states that are exposed as further tops are [1, items, outputs].
    private static long[]?[] Recurrent(LayerShapes layer)
    {
        if (layer.First is not { Length: >= 2 } input)
        {
            return layer.Every(null);
        }

        var outputs = layer.Parameter("recurrent_param").Integer("num_output") ?? -1;
        return [.. layer.Layer.Tops.Select((_, index) => new[] { index == 0 ? input[0] : 1, input[1], outputs })];
    }

    private static long[]? Interpolate(long[]? input, TextMessage parameters)
    {
        if (input is not { Length: 4 })
        {
            return null;
        }

        var padding = (parameters.Integer("pad_beg") ?? 0) + (parameters.Integer("pad_end") ?? 0);
        return [input[0], input[1], Scaled(2, "height"), Scaled(3, "width")];

        long Scaled(int axis, string name)
        {
            if (parameters.Integer(name) is { } given)
            {
                return given;
            }

            var shrink = parameters.Integer("shrink_factor") ?? 1;
            var shrunk = Window.Floor(input[axis], 1, shrink, padding);
            var zoom = (parameters.Integer("zoom_factor") ?? 1) - 1;
            return shrunk < 0 ? -1 : shrunk + LayerShapes.Times(shrunk - 1, zoom);
        }
    }

    private static long[]? Upsample(long[]? input, TextMessage parameters)
    {
        if (input is not { Length: 4 })
        {
            return null;
        }

        var scale = parameters.Integer("scale") ?? 2;
        return
        [
            input[0],
            input[1],
            parameters.Integer("upsample_h") ?? LayerShapes.Times(input[2], parameters.Integer("scale_h") ?? scale),
            parameters.Integer("upsample_w") ?? LayerShapes.Times(input[3], parameters.Integer("scale_w") ?? scale),
        ];
    }

    private static long[]? Reorganize(long[]? input, TextMessage parameters)
    {
        var stride = parameters.Integer("stride") ?? 2;
        if (input is not { Length: 4 } || stride <= 0)
        {
            return null;
        }

        return
        [
            input[0],
            LayerShapes.Times(input[1], LayerShapes.Times(stride, stride)),
            input[2] < 0 ? -1 : input[2] / stride,
            input[3] < 0 ? -1 : input[3] / stride,
        ];
    }
}
