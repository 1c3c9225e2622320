using Klever.Formats.Tests.Fuzzing;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.TorchScript;

public sealed class TorchScriptReaderTests
{
    private const string Modules = """
        class Net(Module):
          __parameters__ = []
          a : __torch__.Part
          __annotations__["0"] = __torch__.Part
          def forward(self: __torch__.Net,
            x: Tensor) -> Tensor:
            return x
        class Part(Module):
          training : bool
        class Other(Module):
          training : bool
        class Plain:
          x : Tensor

        """;

    [Fact]
    public void Read_OfSample_GivesLeavesAndForward()
    {
        var signature = InMemoryModel.Read(ModelFormat.TorchScript, SampleModels.Files(ModelFormat.TorchScript));

        Assert.Equal(
            new Signature
            {
                Inputs = [new Tensor { Name = "image" }],
                Outputs = [new Tensor { Name = "output__0" }],
                Layers = [new LayerCount("Conv2d", 1), new LayerCount("ReLU", 1), new LayerCount("Linear", 1)],
            },
            signature);
    }

    [Fact]
    public void Read_WithModuleUnderTwoNames_CountsItTwice()
    {
        var data = TorchArchiveBuilder.Pickle(net => net
            .Text("a").Object("__torch__", "Part", _ => { }).Bytes((byte)'q', 7)
            .Text("0").Bytes((byte)'h', 7)
            .Text("gone").Bytes((byte)'N')
            .Text("plain").Object("__torch__", "Plain", _ => { })
            .Text("packed").Object("__torch__.torch.classes.quantized", "Conv2dPackedParamsBase", _ => { })
            .Text("1").Object("__torch__", "Other", _ => { }));

        var signature = new TorchArchiveBuilder().WithCode(Modules).WithData(data).Read();

        Assert.Equal([new LayerCount("Part", 2), new LayerCount("Other", 1)], signature.Layers);
    }

    [Fact]
    public void Read_WithMangledClass_NamesTheClass()
    {
        var data = TorchArchiveBuilder.Pickle(net => net
            .Text("c").Object("__torch__.torch.nn.modules.conv.___torch_mangle_12", "Conv2d", _ => { }));

        var signature = new TorchArchiveBuilder().WithCode(Modules).WithData(data)
            .WithCode("__torch__/torch/nn/modules/conv/___torch_mangle_12", "class Conv2d(Module):\n  training : bool\n")
            .Read();

        Assert.Equal([new LayerCount("Conv2d", 1)], signature.Layers);
    }

    [Fact]
    public void Read_WithPlainArguments_GivesTheirNumpyTypes()
    {
        var signature = Forward("""
            (s: __torch__.Net,
                x: Tensor,
                rate: int,
                scale: float=1.,
                names: Optional[List[str]]=["a,b)", "c"],
                flag: Optional[bool]=None) -> Tuple[Tensor, int, List[Tensor]]
            """);

        Assert.Equal(
            [
                new Tensor { Name = "x" },
                new Tensor { Name = "rate", DType = "int64", Size = [] },
                new Tensor { Name = "scale", DType = "float64", Size = [] },
                new Tensor { Name = "names" },
                new Tensor { Name = "flag", DType = "bool", Size = [] },
            ],
            signature.Inputs);
        Assert.Equal(
            [new Tensor { Name = "output__0" }, new Tensor { Name = "output__1", DType = "int64", Size = [] }, new Tensor { Name = "output__2" }],
            signature.Outputs);
    }

    [Theory]
    [InlineData("Tensor", "output__0")]
    [InlineData("Dict[str, Tensor]", "output__0")]
    [InlineData("Tuple[Tensor, Tuple[Tensor, Tensor]]", "output__0 output__1")]
    [InlineData("__torch__.Pair", "mean std")]
    [InlineData("NoneType", "")]
    public void Read_NamesOutputsByTheTypeThatForwardReturns(string type, string names)
    {
        var signature = Forward($"(self: __torch__.Net) -> {type}", "class Pair(NamedTuple):\n  mean : Tensor\n  std : Tensor\n");

        Assert.Equal(names, string.Join(' ', signature.Outputs.Select(output => output.Name)));
    }

    [Fact]
    public void Read_WithoutForward_GivesNoSignature()
    {
        var signature = new TorchArchiveBuilder()
            .WithCode("class Net(Module):\n  def predict(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n    return torch.relu(x)\n")
            .Read();

        Assert.Equal(Signature.Empty, signature);
    }

    [Fact]
    public void Read_WithTracedInputs_GivesTypeAndSizeOfTheExample()
    {
        var traced = new PickleWriter().Bytes((byte)'}').Text("forward").Bytes((byte)']', (byte)'(')
            .FloatTensor("0", 2, 3, 224).Integer(5).Bytes((byte)'e', (byte)'s').ToArray();

        var signature = new TorchArchiveBuilder()
            .WithCode("class Net(Module):\n  def forward(self: __torch__.Net,\n    x: Tensor,\n    n: int) -> Tensor:\n    return x\n")
            .With("traced_inputs.pkl", traced)
            .Read();

        Assert.Equal(
            [new Tensor { Name = "x", DType = "float32", Size = [2, 3, 224] }, new Tensor { Name = "n", DType = "int64", Size = [] }],
            signature.Inputs);
    }

    [Fact]
    public void Read_WithClassThatTheCodeLacks_SaysWhere()
    {
        var problem = new TorchArchiveBuilder().WithCode("class Other(Module):\n").ReadFails();

        Assert.Equal("TorchScript model/net.pt: code/__torch__.py does not declare the model's class Net", problem.Message);
    }

    private static Signature Forward(string head, string moreCode = "") => new TorchArchiveBuilder()
        .WithCode($"class Net(Module):\n  def forward{head}:\n    return x\n{moreCode}")
        .Read();
}
