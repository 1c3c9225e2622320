using Klever.Conversion.MXNetToOnnx;
using Klever.Formats.MXNet;
using Klever.Models;

namespace Klever.Conversion.Tests.MXNet;

/// <summary>Every operation with inputs of every rank and attributes that make no sense: it is converted or refused.</summary>
public sealed class HostileOperationTests
{
    private const int Draws = 16;

    private static readonly string[] Names =
    [
        "axis", "axes", "dim", "dim1", "dim2", "shape", "newshape", "reverse", "begin", "end", "step", "k", "ret_typ", "num_outputs",
        "squeeze_axis", "sections", "indices", "kernel", "stride", "pad", "dilate", "adj", "num_filter", "num_group", "num_hidden",
        "flatten", "no_bias", "heads", "state_size", "num_layers", "bidirectional", "mode", "pooled_size", "sizes", "ratios", "steps",
        "offsets", "output_size", "scale", "sample_type", "height", "width", "scale_height", "topk", "coord_start", "score_index",
        "id_index", "depth", "reps", "repeats", "repeat", "pad_width", "target_shape", "num_groups", "lhs_begin", "lhs_end", "rhs_begin",
        "lhs_axes", "rhs_axes", "block_size", "size", "start", "stop", "use_sequence_length", "use_length", "global_pool", "pool_type",
        "pooling_convention", "nms_threshold", "variances", "act_type", "dtype", "scalar", "h_w", "offset", "num_args", "nsize", "a_min",
    ];

    private static readonly string[] Values =
    [
        "0", "-1", "1", "2", "-7", "2147483647", "-2147483648", "9223372036854775807", "1e40", "nan", "()", "(0,)", "(1,2)", "(2,2)",
        "(-1,-2,-3)", "(-4,0,0)", "(1,1,1,1)", "(2147483647,2147483647)", "(9,9,9,9,9,9,9,9)", "True", "False", "None", "lstm", "gru", "like",
        "bilinear", "float16", "wrap", "full", "both", "mask", "prelu", "center",
    ];

    public static TheoryData<string> Operations => [.. SymbolConversion.Supported.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operation_WithoutSense_IsConvertedOrRefused(string operation)
    {
        var random = new Random(operation.Length);
        for (var rank = 0; rank <= 5; rank++)
        {
            for (var draw = 0; draw < Draws; draw++)
            {
                var attributes = Names.Where(_ => random.Next(6) == 0 && draw > 0)
                    .ToDictionary(name => name, _ => Values[random.Next(Values.Length)]);
                Convert(operation, rank, random.Next(1, 6), attributes);
            }
        }
    }

    private static void Convert(string operation, int rank, int inputs, Dictionary<string, string> attributes)
    {
        List<SymbolNode> nodes =
        [
            .. Enumerable.Range(0, inputs).Select(i => new SymbolNode("null", $"x{i}", SymbolAttributes.None, [])),
            new SymbolNode(operation, "y", new SymbolAttributes(attributes), [.. Enumerable.Range(0, inputs).Select(i => new SymbolEntry(i, 0))]),
        ];
        List<Tensor> declared = [.. Enumerable.Range(0, inputs).Select(i => new Tensor
        {
            Name = $"x{i}", DType = "float32", Size = [.. new long[] { 2, 3, 4, 5, 6 }[..rank]],
        })];
        foreach (var freesBatch in new[] { true, false })
        {
            var conversion = new SymbolConversion(
                new SymbolGraph(nodes, [new SymbolEntry(inputs, 0)], Version: 10500), new Dictionary<string, ParamsEntry>(),
                "none", declared, opset: 12, freesBatch);

            conversion.Convert();

            Assert.All(conversion.Issues, issue => Assert.NotEmpty(issue.ToString()));
        }
    }
}
