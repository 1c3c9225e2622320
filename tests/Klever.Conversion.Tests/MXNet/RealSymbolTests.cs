using System.Text;
using System.Text.Json.Nodes;
using Klever.Conversion.MXNetToOnnx;
using Klever.Conversion.Tests.MXNet.Evaluation;
using Klever.Formats;
using Klever.Formats.MXNet;
using Klever.Formats.MXNet.Shapes;
using Klever.Models;
using Klever.Testing;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tensor = Klever.Models.Tensor;

namespace Klever.Conversion.Tests.MXNet;

/// <summary>Symbols that MXNet wrote of real networks, with weights of the sizes that their nodes need.</summary>
public sealed class RealSymbolTests
{
    private readonly Random _random = new(5);

    [Theory]
    [InlineData("zhu_backbone", new[] { 2, 3, 112, 112 }, new[] { 2, 256 })]
    [InlineData("ormb_mobilenet_v2", new[] { 2, 3, 224, 224 }, new[] { 2, 1000 })]
    [InlineData("djl_simple_pose", new[] { 2, 3, 256, 192 }, new[] { 2, 17, 64, 48 })]
    [InlineData("djl_ssd_resnet50", new[] { 2, 3, 64, 64 }, new[] { 2, 100, 1 })]
    public void Convert_OfARealSymbol_RunsForAnotherBatchInOnnxRuntime(string name, int[] size, int[] expected)
    {
        using var directory = new TemporaryDirectory();
        using var results = Run(directory, Symbol(name), Pixels(size));

        Assert.Equal(expected, results[0].AsTensor<float>().Dimensions.ToArray());
        Assert.All(results[0].AsTensor<float>(), value => Assert.True(float.IsFinite(value)));
    }

    // Ten regions instead of a thousand: each of them goes through a quarter of the network. Every node but those with
    // weights is computed once more from what it took.
    [Fact]
    public void EachNode_OfARealMaskNetwork_GivesWhatItsDefinitionGives()
    {
        HashSet<string> others = ["Convolution", "Deconvolution", "BatchNorm", "FullyConnected", "Pooling", "Activation", "Reshape"];
        using var directory = new TemporaryDirectory();
        var text = Encoding.UTF8.GetString(Symbol("djl_mask_rcnn")).Replace("1000", "10", StringComparison.Ordinal);
        var symbol = JsonNode.Parse(text)!;
        var graph = Graph(Encoding.UTF8.GetBytes(text));
        List<SymbolEntry> outputs =
        [
            .. graph.Nodes.SelectMany((node, i) => Enumerable.Range(0, (int)node.Attributes.Integer("num_outputs", 1))
                .Select(output => new SymbolEntry(i, output))).Where(output => !graph.Nodes[output.Node].IsVariable),
        ];
        symbol["heads"] = new JsonArray([.. outputs.Select(output => new JsonArray(output.Node, output.Output))]);
        var json = Encoding.UTF8.GetBytes(symbol.ToJsonString());
        var pixels = Pixels([1, 3, 128, 128]);
        var variables = Weights(json, pixels.Size).Append(KeyValuePair.Create("data", pixels)).ToDictionary();

        using var results = Run(directory, json, pixels, variables);

        var values = outputs.Zip(results).ToDictionary(pair => pair.First, pair => Read(pair.Second));
        foreach (var (node, i) in graph.Nodes.Select((node, i) => (node, i)).Where(pair => !pair.node.IsVariable && !others.Contains(pair.node.Operation)))
        {
            Values[] taken = [.. node.Inputs.Select(input => values.GetValueOrDefault(input) ?? variables[graph.Nodes[input.Node].Name])];
            var expected = SymbolEvaluator.Run(node, taken);
            Assert.All(expected.Take((int)node.Attributes.Integer("num_outputs", 1)), (value, output) =>
                MXNetComparison.AssertClose(value, values[new SymbolEntry(i, output)], node.Name));
        }
    }

    private static Values Read(DisposableNamedOnnxValue result) => result.Value is Tensor<long> whole
        ? new Values(whole.Dimensions.ToArray(), [.. whole.Select(value => (float)value)])
        : new Values(result.AsTensor<float>().Dimensions.ToArray(), [.. result.AsTensor<float>()]);

    private static SymbolGraph Graph(byte[] json)
    {
        using var content = new MemoryStream(json);
        return SymbolReader.Read(
            new ModelFile(ModelFormat.MXNetParams, "model/net-symbol.json", json.Length, content, ReadLimits.Default));
    }

    [Fact]
    public void Convert_OfARealDetector_KeepsTheBoxesThatMXNetKeeps()
    {
        const string Candidates = "ssd0_concat23";
        const string Suppression = "ssd0_box_nms0";
        using var directory = new TemporaryDirectory();
        var symbol = JsonNode.Parse(Symbol("djl_ssd_resnet50"))!;
        var names = symbol["nodes"]!.AsArray().Select(node => (string)node!["name"]!).ToList();
        symbol["heads"] = new JsonArray(new JsonArray(names.IndexOf(Candidates), 0), new JsonArray(names.IndexOf(Suppression), 0));

        using var results = Run(directory, Encoding.UTF8.GetBytes(symbol.ToJsonString()), Pixels([2, 3, 64, 64]));

        var boxes = results[0].AsTensor<float>();
        var node = symbol["nodes"]![names.IndexOf(Suppression)]!["attrs"]!.AsObject();
        var attributes = new SymbolAttributes(node.ToDictionary(pair => pair.Key, pair => (string)pair.Value!));
        var expected = BoxDefinitions.Table["box_nms"](attributes, [new Values(boxes.Dimensions.ToArray(), ((DenseTensor<float>)boxes).Buffer.ToArray())])[0];
        Assert.InRange(expected.Elements.Count(value => value != -1), 6 * 100, 6 * 799);
        Assert.True(expected.Elements.SequenceEqual(((DenseTensor<float>)results[1].AsTensor<float>()).Buffer.ToArray()));
    }

    private static byte[] Symbol(string name) => File.ReadAllBytes(
        Directory.GetFiles(SharedFolder.Require("corpus", "mxnetparams", name, "model"), "*symbol.json").Single());

    private IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(
        TemporaryDirectory directory, byte[] symbol, Values pixels, Dictionary<string, Values>? variables = null)
    {
        var weights = variables?.Where(variable => variable.Key != "data") ?? Weights(symbol, pixels.Size);
        directory.Write("source/model/net-symbol.json", symbol);
        directory.Write("source/model/net-0000.params", ParamsBytes.Of(weights));
        Directory.CreateDirectory(directory.Combine("target"));
        ModelConverters.Get(ModelFormat.MXNetParams, ModelFormat.Onnx).Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("source"),
            TargetDirectory = directory.Combine("target"),
            Inputs = [new Tensor { Name = "data", DType = "float32", Size = [1, .. pixels.Size.Skip(1).Select(length => (long)length)] }],
        });

        using var session = new InferenceSession(directory.Combine("target", "model", "model.onnx"));
        return session.Run([NamedOnnxValue.CreateFromTensor("data", new DenseTensor<float>(pixels.Elements, pixels.Size))]);
    }

    private Values Pixels(int[] size) => new(size, Elements(size));

    private List<KeyValuePair<string, Values>> Weights(byte[] json, int[] pixels)
    {
        long[] size = [.. pixels.Select(length => (long)length)];
        var graph = SymbolOrder.Sort(Graph(json))!;
        var values = SymbolShapes.Infer(graph, node => new SymbolValue(node.Name == "data" ? size : VariableTypes.Size(node, null), "float32"));
        return
        [
            .. graph.Nodes.Where(IsConstant).Select(node => KeyValuePair.Create(node.Name, Constant(node))),
            .. graph.Nodes.Where(node => !node.IsVariable).SelectMany(node => node.Inputs.Skip(1)
                .Where(entry => graph.Nodes[entry.Node].IsVariable && !IsConstant(graph.Nodes[entry.Node]))
                .Select((entry, place) => (Name: graph.Nodes[entry.Node].Name, Size: Size(node, values[node.Inputs[0].Node][0].Size!, place))))
                .DistinctBy(weight => weight.Name)
                .Select(weight => KeyValuePair.Create(weight.Name, new Values(weight.Size, Elements(weight.Size, IsSpread(weight.Name))))),
        ];
    }

    private static bool IsConstant(SymbolNode node) =>
        node.Attributes.Text("__init__")?.StartsWith("Constant", StringComparison.Ordinal) ?? false;

    // Centers and sizes of anchors, in pixels.
    private Values Constant(SymbolNode node)
    {
        int[] size = [.. node.Attributes.Integers("__shape__")!.Select(length => (int)length)];
        return Values.Of(size, place => (place[^1] % 4 < 2 ? 4f * place[3 - (place[^1] % 2)] : 20) + (40 * _random.NextSingle()));
    }

    private static bool IsSpread(string name) => name.EndsWith("var", StringComparison.Ordinal);

    private static int[] Size(SymbolNode node, long[] input, int place)
    {
        int[] kernel = [.. (node.Attributes.Integers("kernel") ?? []).Select(length => (int)length)];
        var group = (int)node.Attributes.Integer("num_group", 1);
        var filters = (int)node.Attributes.Integer("num_filter", 0);
        var outputs = (int)node.Attributes.Integer("num_hidden", 0);
        return (SymbolOperations.Canonical(node.Operation), place) switch
        {
            ("Convolution", 0) => [filters, (int)input[1] / group, .. kernel],
            ("Deconvolution", 0) => [(int)input[1], filters / group, .. kernel],
            ("Convolution" or "Deconvolution", _) => [filters],
            ("FullyConnected", 0) => [outputs, (int)input.Skip(1).Aggregate(1L, (a, b) => a * b)],
            ("FullyConnected", _) => [outputs],
            _ => [(int)input[1]],
        };
    }

    private float[] Elements(int[] size, bool isSpread = false)
    {
        var gain = size.Length < 2 ? 0.4f : 3.4f / MathF.Sqrt(Values.Count(size[1..]));
        return [.. Enumerable.Range(0, Values.Count(size))
            .Select(_ => isSpread ? 0.5f + _random.NextSingle() : (_random.NextSingle() - 0.5f) * gain)];
    }
}
