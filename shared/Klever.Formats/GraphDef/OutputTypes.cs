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
    private static readonly Dictionary<string, long[]> Fixed = new(
        [
            .. Giving(
                Boolean, "Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual", "ApproximateEqual",
                "LogicalAnd", "LogicalOr", "LogicalNot", "LoopCond", "All", "Any", "IsNan", "IsInf", "IsFinite",
                "InTopK", "InTopKV2", "RegexFullMatch", "StaticRegexFullMatch"),
            .. Giving(
                Int32, "Rank", "Bucketize", "NonMaxSuppression", "NonMaxSuppressionV2", "NonMaxSuppressionV3",
                "StringLength"),
            .. Giving(
                Int64, "Where", "StringToHashBucketFast", "StringToHashBucket", "StringToHashBucketStrong"),
            .. Giving(
                Text, "AsString", "StringJoin", "ReduceJoin", "DecodeBase64", "EncodeBase64", "ReadFile", "EncodePng",
                "EncodeJpeg"),
            .. Giving(
                Float32, "AudioSpectrogram", "Mfcc", "CropAndResize", "ResizeBilinear", "ResizeBicubic", "ResizeArea"),
            .. Giving(UInt8, "DecodeJpeg"),
            .. Giving(Resource, "VarHandleOp", "HashTableV2"),
            new("BroadcastGradientArgs", [Int32, Int32]),
            new("SampleDistortedBoundingBoxV2", [Int32, Int32, Float32]),
        ],
        StringComparer.Ordinal);

    // First output after the attribute, the others fixed.
    private static readonly Dictionary<string, long[]> Further = new(
        [
            .. Giving(Int32, "TopK", "TopKV2", "Merge"),
            .. Giving(Int64, "MaxPoolWithArgmax"),
            new("NonMaxSuppressionV4", [Int32, Int32]),
        ],
        StringComparer.Ordinal);

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

    private static IEnumerable<KeyValuePair<string, long[]>> Giving(long type, params string[] operations) =>
        operations.Select(operation => KeyValuePair.Create<string, long[]>(operation, [type]));
}
