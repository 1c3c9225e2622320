using System.Runtime.InteropServices;

namespace Klever.Samples;

/// <summary>A small classifier of 8 by 8 images, as <c>torch.jit.script(net).save("digits.pt")</c> writes it: a convolution, a ReLU
/// and a linear layer, with weights that follow from their position.</summary>
internal static class TorchScriptSample
{
    private const string Linear = "__torch__.torch.nn.modules.linear";
    private const string Convolution = "__torch__.torch.nn.modules.conv";
    private const string Activation = "__torch__.torch.nn.modules.activation";

    private const string NetCode = """
        class Digits(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          conv : __torch__.torch.nn.modules.conv.Conv2d
          relu : __torch__.torch.nn.modules.activation.ReLU
          fc : __torch__.torch.nn.modules.linear.Linear
          def forward(self: __torch__.Digits,
            image: Tensor) -> Tensor:
            fc = self.fc
            relu = self.relu
            conv = self.conv
            x = (relu).forward((conv).forward(image, ), )
            return (fc).forward(torch.flatten(x, 1), )

        """;

    private const string ConvolutionCode = """
        class Conv2d(Module):
          __parameters__ = ["weight", "bias", ]
          __buffers__ = []
          weight : Tensor
          bias : Tensor
          training : bool
          def forward(self: __torch__.torch.nn.modules.conv.Conv2d,
            input: Tensor) -> Tensor:
            bias = self.bias
            weight = self.weight
            return torch.conv2d(input, weight, bias, [1, 1], [1, 1], [1, 1])

        """;

    private const string ActivationCode = """
        class ReLU(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.torch.nn.modules.activation.ReLU,
            input: Tensor) -> Tensor:
            return torch.relu(input)

        """;

    private const string LinearCode = """
        class Linear(Module):
          __parameters__ = ["weight", "bias", ]
          __buffers__ = []
          weight : Tensor
          bias : Tensor
          training : bool
          def forward(self: __torch__.torch.nn.modules.linear.Linear,
            input: Tensor) -> Tensor:
            bias = self.bias
            weight = self.weight
            return torch.linear(input, weight, bias)

        """;

    public static IReadOnlyDictionary<string, byte[]> Files() => new Dictionary<string, byte[]> { ["digits.pt"] = Archive() };

    private static byte[] Archive() => new StoredZipWriter()
        .Add("digits/data.pkl", Modules())
        .Add("digits/code/__torch__.py", NetCode)
        .Add("digits/code/__torch__/torch/nn/modules/conv.py", ConvolutionCode)
        .Add("digits/code/__torch__/torch/nn/modules/activation.py", ActivationCode)
        .Add("digits/code/__torch__/torch/nn/modules/linear.py", LinearCode)
        .Add("digits/data/0", Weights(4 * 1 * 3 * 3))
        .Add("digits/data/1", Weights(4))
        .Add("digits/data/2", Weights(10 * 256))
        .Add("digits/data/3", Weights(10))
        .Add("digits/constants.pkl", new PickleWriter().Bytes((byte)')').ToArray())
        .Add("digits/version", "3\n")
        .ToArray();

    private static byte[] Modules() => new PickleWriter().Object("__torch__", "Digits", net => net
        .Text("training").Bytes(0x89)
        .Text("conv").Object(Convolution, "Conv2d", conv => conv
            .Text("weight").FloatTensor("0", 4, 1, 3, 3)
            .Text("bias").FloatTensor("1", 4)
            .Text("training").Bytes(0x89))
        .Text("relu").Object(Activation, "ReLU", relu => relu.Text("training").Bytes(0x89))
        .Text("fc").Object(Linear, "Linear", linear => linear
            .Text("weight").FloatTensor("2", 10, 256)
            .Text("bias").FloatTensor("3", 10)
            .Text("training").Bytes(0x89))).ToArray();

    private static byte[] Weights(int count)
    {
        var weights = new float[count];
        for (var i = 0; i < count; i++)
        {
            weights[i] = ((i * 37 % 101) - 50) / 256f;
        }

        return MemoryMarshal.AsBytes(weights.AsSpan()).ToArray();
    }
}
