using Klever.Formats.TensorFlow;

namespace Klever.Formats.GraphDef;

/// <summary>The type of what an operation gives: an attribute says it, or the operation has only one.</summary>
internal static class OutputTypes
{
    private const long Float32 = 1;
    private const long Int32 = 3;
    private const long UInt8 = 4;
    private const long Text = 7;
    private const long Int64 = 9;
    private const long Boolean = 10;
    private const long Resource = 20;

    // Attributes in the order in which they decide: DstT of Cast goes before its SrcT, out_type of Shape before its T.
    private static readonly string[] Attributes =
    [
        "DstT", "out_type", "output_type", "dtype", "Tout", "T", "Tparams", "Tvalues", "Taxis", "value_dtype",
        "Toutput", "element_dtype", "component_types", "output_types", "Tidx",
    ];

    // Operations whose output has a type that no attribute says, or that an attribute of another meaning hides.
    private static readonly Dictionary<string, long[]> Fixed = new(StringComparer.Ordinal)
    {
        ["Equal"] = [Boolean], ["NotEqual"] = [Boolean], ["Less"] = [Boolean], ["LessEqual"] = [Boolean],
        ["Greater"] = [Boolean], ["GreaterEqual"] = [Boolean], ["ApproximateEqual"] = [Boolean],
        ["LogicalAnd"] = [Boolean], ["LogicalOr"] = [Boolean], ["LogicalNot"] = [Boolean], ["LoopCond"] = [Boolean],
        ["All"] = [Boolean], ["Any"] = [Boolean], ["IsNan"] = [Boolean], ["IsInf"] = [Boolean],
        ["IsFinite"] = [Boolean],
        ["InTopK"] = [Boolean], ["InTopKV2"] = [Boolean], ["RegexFullMatch"] = [Boolean],
        ["Rank"] = [Int32], ["Where"] = [Int64], ["Bucketize"] = [Int32], ["BroadcastGradientArgs"] = [Int32, Int32],
        ["NonMaxSuppression"] = [Int32], ["NonMaxSuppressionV2"] = [Int32], ["NonMaxSuppressionV3"] = [Int32],
        ["StringLength"] = [Int32], ["StringToHashBucketFast"] = [Int64], ["StringToHashBucket"] = [Int64],
        ["StringToHashBucketStrong"] = [Int64], ["AsString"] = [Text], ["StringJoin"] = [Text], ["ReduceJoin"] = [Text],
        ["DecodeBase64"] = [Text], ["EncodeBase64"] = [Text], ["ReadFile"] = [Text], ["EncodePng"] = [Text],
        ["EncodeJpeg"] = [Text],
        ["DecodeJpeg"] = [UInt8], ["VarHandleOp"] = [Resource], ["HashTableV2"] = [Resource],
        ["AudioSpectrogram"] = [Float32],
        ["Mfcc"] = [Float32], ["CropAndResize"] = [Float32], ["ResizeBilinear"] = [Float32],
        ["ResizeBicubic"] = [Float32],
        ["ResizeArea"] = [Float32], ["SampleDistortedBoundingBoxV2"] = [Int32, Int32, Float32],
    };

    // First output after the attribute, the others fixed.
    private static readonly Dictionary<string, long[]> Further = new(StringComparer.Ordinal)
    {
        ["TopK"] = [Int32], ["TopKV2"] = [Int32], ["Merge"] = [Int32], ["NonMaxSuppressionV4"] = [Int32, Int32],
        ["MaxPoolWithArgmax"] = [Int64],
    };

    /// <returns>TensorFlow's DataType; 0 when it cannot be told.</returns>
    public static long Of(GraphNode node, int output)
    {
        if (Fixed.TryGetValue(node.Type, out var types))
        {
            return output < types.Length ? types[output] : 0;
        }

        if (output > 0 && Further.TryGetValue(node.Type, out var further))
        {
            return output <= further.Length ? further[output - 1] : 0;
        }

        return OfAttribute(node, output) is > 0 and var type ? type : Default(node.Type);
    }

    private static long OfAttribute(GraphNode node, int output)
    {
        if (node.Type is "ArgMax" or "ArgMin" or "Shape" or "ShapeN" or "Size")
        {
            return node.Number("output_type", node.Number("out_type"));
        }

        var attribute = Array.Find(Attributes, node.Has);
        if (attribute is null)
        {
            return 0;
        }

        var list = node.Numbers(attribute);
        return list.Count == 0 ? node.Number(attribute) : output < list.Count ? list[output] : 0;
    }

    // Attributes that old graphs leave out because they are the default.
    private static long Default(string operation) => operation switch
    {
        "ArgMax" or "ArgMin" => Int64,
        "Shape" or "ShapeN" or "Size" => Int32,
        _ => 0,
    };
}
