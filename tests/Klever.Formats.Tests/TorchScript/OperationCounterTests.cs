using Klever.Models;

namespace Klever.Formats.Tests.TorchScript;

public sealed class OperationCounterTests
{
    [Fact]
    public void Count_OfFrozenModel_GivesOperationsWithoutBookkeeping()
    {
        Assert.Equal("conv2d 2, relu_ 1, quantized::linear 1, flatten 1", Count("""
            _0 = torch.conv2d(x, CONSTANTS.c0, CONSTANTS.c1, [2, 2], [3, 3])
            result = torch.relu_(torch.conv2d(_0, CONSTANTS.c2))
            _1 = torch.gt(torch.len(torch.size(result)), 2)
            _2 = ops.prim.NumToTensor(torch.size(x, 0))
            _3 = "torch.mul(in, a) \"string\""
            _4 = ops.quantized.linear(torch.flatten(result, 1), CONSTANTS.c3, 0.5, 0)
            return torch.device("cpu")
            """));
    }

    [Fact]
    public void Count_LeavesOutBranchesAndLoopsButNotTheirHeads()
    {
        Assert.Equal("any 1, relu 1, sigmoid 1", Count("""
            if bool(torch.any(x)):
              y = torch.mul(x, 2)
            else:
              y = torch.add(x, 2)
            for i in range(torch.size(x, 0)):
              y = torch.tanh(y)
            with _0:
              y = torch.relu(y)
            return torch.sigmoid(y)
            """));
    }

    [Fact]
    public void Count_FollowsFunctionsAndMethodsAndConstantBranches()
    {
        const string functional = """
            def relu(input: Tensor,
                inplace: bool=False) -> Tensor:
              if inplace:
                result = torch.relu_(input)
              else:
                result = torch.relu(input)
              return result
            def twice(input: Tensor,
                flag: bool) -> Tensor:
              return __torch__.torch.nn.functional.relu(__torch__.torch.nn.functional.relu(input, flag, ), True, )

            """;

        var signature = Net(
            "    _0 = __torch__.torch.nn.functional.twice\n"
            + "    y = (self).helper(_0(x, False, ), )\n"
            + "    return __torch__.torch.nn.functional.relu(y, )\n"
            + "  def helper(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n"
            + "    return torch.softmax(x, -1)\n",
            functional);

        Assert.Equal("softmax 1, relu_ 1, relu 2", Text(signature));
    }

    [Fact]
    public void Count_OfFunctionThatCallsItself_IsRefused()
    {
        var problem = Assert.Throws<ModelReadException>(() => Net(
            "    return __torch__.torch.nn.functional.f(x, )\n",
            "def f(x: Tensor) -> Tensor:\n  return __torch__.torch.nn.functional.f(x, )\n"));

        Assert.Equal(ModelReadProblem.LimitExceeded, problem.Problem);
    }

    private static string Count(string body) => Text(Net(string.Concat(body.Split('\n').Select(line => $"    {line}\n"))));

    private static Signature Net(string body, string functional = "") => new TorchArchiveBuilder()
        .WithCode($"class Net(Module):\n  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n{body}")
        .WithCode("__torch__/torch/nn/functional", functional)
        .Read();

    private static string Text(Signature signature) =>
        string.Join(", ", signature.Layers.Select(layer => $"{layer.Type} {layer.Count}"));
}
