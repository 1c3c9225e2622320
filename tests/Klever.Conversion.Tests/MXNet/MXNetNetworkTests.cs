namespace Klever.Conversion.Tests.MXNet;

/// <summary>Whole networks of the zoo, in their own structure. Numbers are compared before the last softmax, which would hide them.</summary>
public class MXNetNetworkTests
{
    [Fact]
    public void AlexNet_GivesTheSameNumbers()
    {
        var net = new MXNetNetworks(batch: 2, channels: 3, side: 35);
        var x = net.Pool(net.Add("LRN", "nsize=5", net.Relu(net.Conv("data", 8, 5, stride: 2))), 3, 2);
        x = net.Pool(net.Add("LRN", "nsize=5", net.Relu(net.Conv(x, 8, 5, pad: 2, group: 2))), 3, 2);
        x = net.Relu(net.Conv(net.Relu(net.Conv(x, 8, 3, pad: 1)), 8, 3, pad: 1, group: 2));
        x = net.Add("Dropout", "p=0.5", net.Relu(net.Dense(net.Add("Flatten", "", x), 72, 16)));
        net.Dense(x, 16, 10);

        MXNetComparison.AssertSame(net.Build());
    }

    [Fact]
    public void Vgg_GivesTheSameNumbers()
    {
        var net = new MXNetNetworks(batch: 2, channels: 3, side: 16);
        var x = "data";
        foreach (var filters in new[] { 4, 6, 8 })
        {
            x = net.Pool(net.Relu(net.Conv(net.Relu(net.Conv(x, filters, 3, pad: 1)), filters, 3, pad: 1)), 2, 2);
        }

        net.Dense(net.Relu(net.Dense(net.Add("Flatten", "", x), 32, 12)), 12, 5);

        MXNetComparison.AssertSame(net.Build());
    }

    [Fact]
    public void GoogLeNet_GivesTheSameNumbers()
    {
        var net = new MXNetNetworks(batch: 2, channels: 3, side: 24);
        var x = net.Pool(net.Relu(net.Conv("data", 6, 7, stride: 2, pad: 3)), 3, 2, convention: "full");
        for (var block = 0; block < 2; block++)
        {
            x = net.Concat(
                net.Relu(net.Conv(x, 3, 1)),
                net.Relu(net.Conv(net.Relu(net.Conv(x, 2, 1)), 4, 3, pad: 1)),
                net.Relu(net.Conv(net.Relu(net.Conv(x, 2, 1)), 2, 5, pad: 2)),
                net.Conv(net.Pool(x, 3, 1, pad: 1), 2, 1));
        }

        net.Dense(net.Global(x), 11, 7);

        MXNetComparison.AssertSame(net.Build());
    }

    [Fact]
    public void InceptionV3_GivesTheSameNumbers()
    {
        var net = new MXNetNetworks(batch: 1, channels: 3, side: 21);
        var x = net.ConvNormRelu("data", 6, 3, stride: 2);
        x = net.Concat(
            net.ConvNormRelu(x, 3, 1),
            net.ConvNormRelu(net.ConvNormRelu(x, 2, 1), 4, 5, pad: 2),
            net.ConvNormRelu(net.Pool(x, 3, 1, "avg", pad: 1), 2, 1));
        x = net.Concat(net.ConvNormRelu(x, 4, 3, stride: 2), net.Pool(x, 3, 2));
        net.Dense(net.Pool(x, 4, 1, "avg"), 13, 7);

        MXNetComparison.AssertSame(net.Build());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ResNet_GivesTheSameNumbers(int version)
    {
        var net = new MXNetNetworks(batch: 2, channels: 3, side: 17);
        var x = net.Pool(net.ConvNormRelu("data", 6, 3, stride: 2, pad: 1), 3, 2, pad: 1);
        foreach (var (filters, stride) in new[] { (6, 1), (8, 2) })
        {
            var before = version == 1 ? x : net.Relu(net.Norm(x));
            var shortcut = stride == 1 ? x : net.Conv(before, filters, 1, stride);
            var body = net.Conv(before, filters, 3, stride, pad: 1);
            body = net.Conv(net.Relu(net.Norm(body)), filters, 3, pad: 1);
            x = version == 1 ? net.Relu(net.Sum(net.Norm(body), shortcut)) : net.Sum(body, shortcut);
        }

        net.Dense(net.Add("Flatten", "", net.Global(x)), 8, 5);

        MXNetComparison.AssertSame(net.Build());
    }

    [Fact]
    public void SeResNeXt_GivesTheSameNumbers()
    {
        var net = new MXNetNetworks(batch: 2, channels: 8, side: 9);
        var body = net.Norm(net.Conv(net.ConvNormRelu("data", 8, 3, pad: 1, group: 4), 8, 1));
        var gate = net.Add("Activation", "act_type=sigmoid", net.Conv(net.Relu(net.Conv(net.Global(body), 2, 1)), 8, 1));
        var x = net.Relu(net.Sum(net.Add("broadcast_mul", "", body, gate), "data"));
        net.Dense(net.Global(x), 8, 5);

        MXNetComparison.AssertSame(net.Build());
    }

    [Fact]
    public void SqueezeNet_GivesTheSameNumbers()
    {
        var net = new MXNetNetworks(batch: 2, channels: 3, side: 19);
        var x = net.Pool(net.Relu(net.Conv("data", 6, 3, stride: 2)), 3, 2, convention: "full");
        var squeezed = net.Relu(net.Conv(x, 3, 1));
        x = net.Concat(net.Relu(net.Conv(squeezed, 4, 1)), net.Relu(net.Conv(squeezed, 4, 3, pad: 1)));
        net.Add("Flatten", "", net.Global(net.Conv(net.Add("Dropout", "p=0.5", x), 5, 1)));

        MXNetComparison.AssertSame(net.Build());
    }

    [Fact]
    public void DenseNet_GivesTheSameNumbers()
    {
        var net = new MXNetNetworks(batch: 2, channels: 4, side: 12);
        var x = net.Conv("data", 6, 3, pad: 1);
        for (var layer = 0; layer < 3; layer++)
        {
            var inner = net.Conv(net.Relu(net.Norm(x)), 8, 1);
            x = net.Concat(x, net.Conv(net.Relu(net.Norm(inner)), 3, 3, pad: 1));
        }

        x = net.Pool(net.Conv(net.Relu(net.Norm(x)), 6, 1), 2, 2, "avg");
        net.Dense(net.Global(net.Relu(net.Norm(x))), 6, 5);

        MXNetComparison.AssertSame(net.Build());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void MobileNet_GivesTheSameNumbers(int version)
    {
        var net = new MXNetNetworks(batch: 2, channels: 3, side: 17);
        var x = net.ConvNormRelu("data", 8, 3, stride: 2, pad: 1);
        if (version == 1)
        {
            x = net.ConvNormRelu(net.ConvNormRelu(x, 8, 3, pad: 1, group: 8), 12, 1);
            x = net.ConvNormRelu(net.ConvNormRelu(x, 12, 3, stride: 2, pad: 1, group: 12), 16, 1);
        }
        else
        {
            var body = net.Add("clip", "a_min=0.0 a_max=6.0", net.Norm(net.Conv(x, 16, 1)));
            body = net.Add("clip", "a_min=0.0 a_max=6.0", net.Norm(net.Conv(body, 16, 3, pad: 1, group: 16)));
            x = net.Sum(net.Norm(net.Conv(body, 8, 1)), x);
        }

        net.Add("Reshape", "shape=(0,-1) want=(2,5)", net.Conv(net.Global(x), 5, 1));

        MXNetComparison.AssertSame(net.Build());
    }

    [Fact]
    public void FaceDetector_WithTwoOutputs_GivesTheSameNumbers()
    {
        var net = new MXNetNetworks(batch: 2, channels: 3, side: 12);
        var x = net.Conv("data", 10, 3);
        x = net.Pool(net.Add("LeakyReLU", "act_type=prelu", x, net.Weight("10", "positive")), 2, 2, convention: "full");
        x = net.Conv(x, 16, 3);
        x = net.Add("LeakyReLU", "act_type=prelu", x, net.Weight("16", "positive"));
        var boxes = net.Conv(x, 4, 1);
        var scores = net.Add("SoftmaxActivation", "mode=channel", net.Conv(x, 2, 1));

        MXNetComparison.AssertSame(net.Build(boxes, scores));
    }

    [Fact]
    public void Segmentation_WithDeconvolution_GivesTheSameNumbers()
    {
        var net = new MXNetNetworks(batch: 1, channels: 3, side: 16);
        var x = net.Pool(net.ConvNormRelu("data", 6, 3, pad: 1), 2, 2);
        x = net.Conv(net.ConvNormRelu(x, 8, 3, stride: 2, pad: 1), 4, 1);
        x = net.Add(
            "Deconvolution", "kernel=(8,8) stride=(4,4) num_filter=4 num_group=4 no_bias=True pad=(1,1)", x, net.Weight("4,1,8,8"));
        x = net.Add("Crop", "num_args=2 center_crop=False offset=(1,1)", x, "data");
        net.Add("softmax", "axis=1", x);

        MXNetComparison.AssertSame(net.Build());
    }
}
