using Klever.Formats.Caffe.TextFormat;

namespace Klever.Formats.Caffe;

/// <summary>Brings layers of the first form (<c>V0LayerParameter</c>: <c>layers { layer { type: "conv" … } }</c>,
/// 2013) into
/// today's (Caffe, <c>UpgradeV0LayerParameter</c>).</summary>
internal static class FirstLayerForm
{
    private static readonly Dictionary<string, (string Type, string Parameters)> Types = new(StringComparer.Ordinal)
    {
        ["accuracy"] = ("Accuracy", "accuracy_param"),
        ["bnll"] = ("BNLL", "bnll_param"),
        ["concat"] = ("Concat", "concat_param"),
        ["conv"] = ("Convolution", "convolution_param"),
        ["data"] = ("Data", "data_param"),
        ["dropout"] = ("Dropout", "dropout_param"),
        ["eltwise"] = ("Eltwise", "eltwise_param"),
        ["euclidean_loss"] = ("EuclideanLoss", "loss_param"),
        ["flatten"] = ("Flatten", "flatten_param"),
        ["hdf5_data"] = ("HDF5Data", "hdf5_data_param"),
        ["hdf5_output"] = ("HDF5Output", "hdf5_output_param"),
        ["hinge_loss"] = ("HingeLoss", "hinge_loss_param"),
        ["im2col"] = ("Im2col", "convolution_param"),
        ["images"] = ("ImageData", "image_data_param"),
        ["infogain_loss"] = ("InfogainLoss", "infogain_loss_param"),
        ["innerproduct"] = ("InnerProduct", "inner_product_param"),
        ["lrn"] = ("LRN", "lrn_param"),
        ["multinomial_logistic_loss"] = ("MultinomialLogisticLoss", "loss_param"),
        ["pool"] = ("Pooling", "pooling_param"),
        ["relu"] = ("ReLU", "relu_param"),
        ["sigmoid"] = ("Sigmoid", "sigmoid_param"),
        ["softmax"] = ("Softmax", "softmax_param"),
        ["softmax_loss"] = ("SoftmaxWithLoss", "softmax_param"),
        ["split"] = ("Split", "split_param"),
        ["tanh"] = ("TanH", "tanh_param"),
        ["window_data"] = ("WindowData", "window_data_param"),
    };

    private static readonly Dictionary<string, string> FieldNames = new(StringComparer.Ordinal)
    {
        ["biasterm"] = "bias_term",
        ["kernelsize"] = "kernel_size",
        ["batchsize"] = "batch_size",
    };

    /// <param name="paddings">Padding layers met so far, by their top; a <c>padding</c> layer adds itself and gives
    /// null, for its
    /// pad belongs to the convolution or pooling that follows.</param>
    public static CaffeLayer? Upgrade(
        TextMessage connection,
        TextMessage layer,
        TextPosition position,
        Dictionary<string, (string Bottom, TextValue Pad)> paddings)
    {
        var bottoms = connection.Texts("bottom").ToList();
        var tops = connection.Texts("top").ToList();
        var type = layer.Text("type") ?? throw new TextFormatException(position, "the layer has no type");
        if (type == "padding" && bottoms.Count == 1 && tops.Count == 1 && layer.Find("pad") is { } amount)
        {
            paddings[tops[0]] = (bottoms[0], amount);
            return null;
        }

        var (current, parameterName) = Types.GetValueOrDefault(type, (type, "param"));
        var parameters = new TextMessage();
        var pad = default(TextValue);
        if (bottoms.Count > 0 && paddings.TryGetValue(bottoms[0], out var padding))
        {
            (bottoms[0], pad) = padding;
        }

        parameters.Add(parameterName, TextValue.Of(Own(layer, pad), position));
        parameters.Add("transform_param", TextValue.Of(Transform(layer), position));
        return new CaffeLayer(layer.Text("name") ?? "", current, bottoms, tops, parameters, position);
    }

    private static TextMessage Own(TextMessage layer, TextValue? pad)
    {
        var own = new TextMessage();
        foreach (var (name, value) in layer.Fields.Where(field => pad is null || field.Name != "pad"))
        {
            own.Add(FieldNames.GetValueOrDefault(name, name), value);
        }

        if (pad is not null)
        {
            own.Add("pad", pad);
        }

        return own;
    }

    private static TextMessage Transform(TextMessage layer)
    {
        var transform = new TextMessage();
        if (layer.Find("cropsize") is { } crop)
        {
            transform.Add("crop_size", crop);
        }

        return transform;
    }
}
